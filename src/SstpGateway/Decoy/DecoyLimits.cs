namespace SstpGateway.Decoy;

/// <summary>What a visitor may use up: nginx's defaults, so that a visitor who measures them finds nginx's.</summary>
internal static class DecoyLimits
{
    /// <summary>One line of a request in bytes (large_client_header_buffers, 8k each).</summary>
    public const int MaxLineLength = 8 * 1024;

    /// <summary>A whole head in bytes (large_client_header_buffers, 4 of them).</summary>
    public const int MaxHeadLength = 4 * MaxLineLength;

    /// <summary>A request's body in bytes where nobody wants it (client_max_body_size).</summary>
    public const long MaxBodyLength = 1024 * 1024;

    /// <summary>Requests on one connection (keepalive_requests).</summary>
    public const int MaxRequests = 1000;

    /// <summary>Time for a head once it has begun (client_header_timeout), and between two
    /// reads of a body (client_body_timeout).</summary>
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Wait for the next request (keepalive_timeout).</summary>
    public static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(75);

    /// <summary>Time for one write to get rid of its bytes (send_timeout).</summary>
    public static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(60);

    /// <summary>How long what a visitor still sends is thrown away before the connection is closed, so that the answer
    /// is not lost in a reset (lingering_timeout).</summary>
    public static readonly TimeSpan LingerTimeout = TimeSpan.FromSeconds(5);
}
