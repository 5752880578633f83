using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Parley.Storage.Sqlite.Engine;

/// <summary>Gives what root makes in somebody else's directory to the owner of that directory: a server of that user is to read it.</summary>
/// <remarks>MUST be given only what this process has just made as new: the owner of the directory may have put a link there, and would be given what it leads to.</remarks>
internal static partial class DirectoryOwner
{
    // https://man7.org/linux/man-pages/man2/statx.2.html: the layout is the same on every machine.
    private const int CurrentDirectory = -100;
    private const int UserAndGroup = 0x8 | 0x10;

    private static readonly bool IsRoot = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>Gives a file to the owner of the directory that it is in.</summary>
    public static void Take(SafeFileHandle file, string directory)
    {
        if (Find(directory) is var (user, group) && ChangeFile(file, user, group) < 0)
        {
            throw Failure(directory);
        }
    }

    /// <summary>Gives a directory to the owner of another one.</summary>
    public static void TakeDirectory(string path, string of)
    {
        if (Find(of) is var (user, group) && ChangeLink(path, user, group) < 0)
        {
            throw Failure(path);
        }
    }

    /// <summary>Advice to an operator about a directory of somebody else, to go on behind other advice; empty where it is this user's.</summary>
    public static string Advice(string directory)
    {
        if (OperatingSystem.IsWindows() || OwnerOf(Path.GetFullPath(directory)) is not var (user, _) || user == CurrentUser())
        {
            return "";
        }

        return $", or do it as its owner: sudo -u {NameOf(user)} parley ...";
    }

    /// <summary>The name of a user, or else its number as <c>sudo</c> takes it.</summary>
    private static string NameOf(uint user)
    {
        var number = user.ToString(CultureInfo.InvariantCulture);
        try
        {
            return File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(parts => parts.Length > 2 && parts[2] == number)?[0] ?? $"'#{number}'";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"'#{number}'";
        }
    }

    /// <summary>The owner, if that is somebody else and this process may give something away.</summary>
    private static (uint User, uint Group)? Find(string directory) => IsRoot && OwnerOf(directory) is var owner && owner != (0, 0) ? owner : null;

    private static (uint User, uint Group)? OwnerOf(string directory)
    {
        Span<byte> about = stackalloc byte[256];
        var (code, at) = OperatingSystem.IsLinux() ? (Look(CurrentDirectory, directory, 0, UserAndGroup, ref about[0]), 20)
            : OperatingSystem.IsMacOS() ? (RuntimeInformation.ProcessArchitecture == Architecture.X64 ? LookOnIntel(directory, ref about[0]) : LookOnArm(directory, ref about[0]), 16)
            : (-1, 0);
        return code == 0 ? (BinaryPrimitives.ReadUInt32LittleEndian(about[at..]), BinaryPrimitives.ReadUInt32LittleEndian(about[(at + 4)..])) : null;
    }

    private static IOException Failure(string path) => new($"The owner of {path} cannot be given what is made there: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Look(int directory, string path, int flags, int mask, ref byte about);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LookOnIntel(string path, ref byte about);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LookOnArm(string path, ref byte about);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint CurrentUser();

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    private static partial int ChangeFile(SafeFileHandle file, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeLink(string path, uint user, uint group);
}
