using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LocalControlPlane.Workloads.Volumes;

/// <summary>What kind of file a path is, which .NET does not tell of devices.</summary>
internal static partial class FileKind
{
    // statx(2): the path is relative to the working folder; only the type is asked for;
    // struct statx is 256 bytes, stx_mode at 28.
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;
    private const int StructureBytes = 256;
    private const int ModeOffset = 28;

    // inode(7).
    private const int TypeMask = 0xF000;
    private const int CharacterDevice = 0x2000;

    public static unsafe bool IsCharacterDevice(string path)
    {
        Span<byte> result = stackalloc byte[StructureBytes];
        fixed (byte* pointer = result)
            if (Statx(CurrentFolder, path, 0, TypeOnly, pointer) != 0) return false;
        return (BinaryPrimitives.ReadUInt16LittleEndian(result[ModeOffset..]) & TypeMask) == CharacterDevice;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* result);
}
