using System.Diagnostics;

namespace Parley.Storage.Sqlite.Tests;

/// <summary>A file system of its own, so small that a test can fill it. Only root may mount one: a test skips elsewhere.</summary>
internal sealed class SmallDisk : IDisposable
{
    public const int Mebibytes = 40;

    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    public static SmallDisk MountOrSkip()
    {
        var path = Directory.CreateTempSubdirectory("parley-disk-").FullName;
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", $"size={Mebibytes}m", "tmpfs", path))
        {
            Directory.Delete(path);
            Assert.Skip("A disk that is full takes mounting a small one, which this user may not.");
        }

        return new SmallDisk(path);
    }

    /// <summary>Writes until nothing goes any more.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(page);
            }
        }
        catch (IOException)
        {
        }
    }

    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        Directory.Delete(Path);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
