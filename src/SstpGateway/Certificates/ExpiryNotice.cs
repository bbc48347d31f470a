namespace SstpGateway.Certificates;

/// <summary>How far the warnings about a certificate's end have got.</summary>
internal enum ExpiryNotice
{
    None,
    Near,
    Expired,
}
