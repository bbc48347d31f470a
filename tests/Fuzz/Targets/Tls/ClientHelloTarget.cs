using Fuzz.Engine;
using SstpProtocol;
using SstpProtocol.Tls;

namespace Fuzz.Targets.Tls;

internal sealed class ClientHelloTarget : FuzzTarget
{
    public override string Name => "client-hello";

    public override IReadOnlyList<Type> Readers => [typeof(ClientHelloReader), typeof(TlsRecords), typeof(TlsReader)];

    public override AllocationPromise Allocation => AllocationPromise.NothingForBadInput;

    public override int MaxLength => 2048;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var status = ClientHelloReader.TryRead(input, out var hello);
        if (status != ReadStatus.Complete)
        {
            Oracle.Holds(ReferenceEquals(hello, ClientHello.Empty), "gives what it has not read");
            return false;
        }

        if (hello.ServerName is { } name)
            Oracle.Holds(
                name.Length > 0 && !name.AsSpan().ContainsAnyExceptInRange('!', '~'), "a server name that is not visible ASCII");
        Oracle.Holds(hello.SupportedVersions.Count > 0, "no version at all");
        var octets = hello.SupportedVersions.Count * 2;
        foreach (var protocol in hello.ApplicationProtocols) octets += protocol.Length;
        Oracle.Holds(octets <= input.Length, "more than the input holds");
        return true;
    }
}
