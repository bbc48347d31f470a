using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sstp;

public class PeerFaultTests
{
    // MS-SSTP 2.2.8 and 3.3.5.2.3; the numbers are written out so that a renumbered enum is noticed.
    [Theory]
    [InlineData(PeerFault.MalformedMessage, 2, 7)]
    [InlineData(PeerFault.UnknownMessageType, 2, 7)]
    [InlineData(PeerFault.MessageOutOfTurn, 2, 5)]
    [InlineData(PeerFault.RetryCountExceeded, 2, 6)]
    [InlineData(PeerFault.ConnectRequestTimedOut, 2, 8)]
    [InlineData(PeerFault.ConnectAckTimedOut, 2, 8)]
    [InlineData(PeerFault.CallConnectedTimedOut, 2, 8)]
    [InlineData(PeerFault.AuthenticationTimedOut, 2, 8)]
    [InlineData(PeerFault.CryptoBindingMissing, 2, 9)]
    [InlineData(PeerFault.CryptoBindingLengthWrong, 2, 9)]
    [InlineData(PeerFault.AttributeNotSupported, 2, 9)]
    [InlineData(PeerFault.NonceMismatch, 3, 4)]
    [InlineData(PeerFault.CertificateHashMismatch, 3, 4)]
    [InlineData(PeerFault.HashNotOffered, 3, 4)]
    [InlineData(PeerFault.CompoundMacMismatch, 3, 4)]
    [InlineData(PeerFault.CryptoBindingRequestMissing, 2, 10)]
    [InlineData(PeerFault.NoCommonHash, 4, 4)]
    [InlineData(PeerFault.AnswersNotRead, 2, 5)]
    public void Is_told_to_the_peer_as_a_pair_of_attribute_and_status(PeerFault fault, int attribute, int status)
    {
        Assert.Equal((attribute, status), ((int)fault.ToAttribute(), (int)fault.ToStatus()));
    }

    [Fact]
    public void Every_fault_end_and_diagnosis_has_its_own_words()
    {
        var texts = Enum.GetValues<PeerFault>().Select(fault => fault.ToText())
            .Concat(Enum.GetValues<CallEndReason>().Where(reason => reason != CallEndReason.PeerFault)
                .Select(reason => new CallEnd(reason).Text))
            .Concat(Enum.GetValues<BindingDiagnosis>().Select(diagnosis => diagnosis.ToText()))
            .ToList();

        Assert.All(texts, Assert.NotEmpty);
        Assert.Equal(texts.Count, texts.Distinct().Count());
    }

    [Fact]
    public void Every_fault_has_a_status()
    {
        Assert.All(Enum.GetValues<PeerFault>(), fault => Assert.NotEqual(SstpStatus.NoError, fault.ToStatus()));
    }
}
