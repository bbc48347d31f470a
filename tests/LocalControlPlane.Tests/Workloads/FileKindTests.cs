using LocalControlPlane.Workloads.Volumes;

namespace LocalControlPlane.Tests.Workloads;

public sealed class FileKindTests
{
    [Theory]
    [InlineData("/dev/null", true)]
    [InlineData("/etc/hostname", false)]
    [InlineData("/etc", false)]
    [InlineData("/nowhere", false)]
    public void A_character_device_is_told_from_what_is_none(string path, bool isDevice) =>
        Assert.Equal(isDevice, FileKind.IsCharacterDevice(path));
}
