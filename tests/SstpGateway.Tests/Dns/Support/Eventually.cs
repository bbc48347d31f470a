namespace SstpGateway.Tests.Dns.Support;

internal static class Eventually
{
    /// <summary>Yields until the condition holds: for effects that have no other sign. Only a failing test waits long.</summary>
    public static async Task BecomesTrueAsync(Func<bool> condition)
    {
        var end = Environment.TickCount64 + (long)TestClient.Patience.TotalMilliseconds;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 < end, "what was waited for has not happened");
            await Task.Delay(1);
        }
    }
}
