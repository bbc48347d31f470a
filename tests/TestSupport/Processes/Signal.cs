namespace TestSupport.Processes;

/// <summary>Linux signal numbers (signal(7)).</summary>
public enum Signal
{
    HangUp = 1,
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
