namespace SstpClient.Dialing;

public enum DialStep
{
    Dns,
    Tcp,
    Tls,
    Http,
}
