using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TestSupport.Files;

/// <summary>A folder that changes as a Kubernetes Secret volume does: files are links through "..data",
/// which is swapped in one step.</summary>
public sealed partial class SecretVolume
{
    private readonly string _folder;
    private int _generation;

    public SecretVolume(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    public string File(string name) => Path.Combine(_folder, name);

    public void Publish(params ReadOnlySpan<(string Name, string Text)> files)
    {
        var before = Generation();
        _generation++;
        Directory.CreateDirectory(File(Generation()));
        foreach (var (name, text) in files) System.IO.File.WriteAllText(Path.Combine(File(Generation()), name), text);

        System.IO.File.CreateSymbolicLink(File("..data_tmp"), Generation());
        // .NET moves no link that leads to a folder over another one.
        if (Rename(File("..data_tmp"), File("..data")) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());

        foreach (var (name, _) in files)
            if (!Path.Exists(File(name))) System.IO.File.CreateSymbolicLink(File(name), Path.Combine("..data", name));
        if (_generation > 1) Directory.Delete(File(before), recursive: true);
    }

    private string Generation() => "..generation_" + _generation.ToString(CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
