using System.Runtime.InteropServices;

namespace Parley.Cli.Data;

/// <summary>Questions to the system about what this user may do with a file or a directory, without doing it.</summary>
internal static class FileAccessCheck
{
    private const int Enter = 1;
    private const int Write = 2;
    private const int Read = 4;

    /// <summary>True if files may be made in a directory, or in the one in which it would be made.</summary>
    public static bool MayMakeFilesIn(string directory)
    {
        var nearest = Path.GetFullPath(directory);
        while (!Path.Exists(nearest) && Path.GetDirectoryName(nearest) is { } parent)
        {
            nearest = parent;
        }

        return Directory.Exists(nearest) && Allows(nearest, Write | Enter);
    }

    /// <summary>True if a file that is there may be read and written.</summary>
    public static bool MayChange(string file) => Allows(file, Read | Write);

    private static bool Allows(string path, int mode) => OperatingSystem.IsWindows() || Access(path, mode) == 0;

    [DllImport("libc", EntryPoint = "access")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}
