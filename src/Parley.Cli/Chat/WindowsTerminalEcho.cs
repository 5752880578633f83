using System.Runtime.InteropServices;

namespace Parley.Cli.Chat;

/// <summary>Echo of a Windows console: a flag of its input mode.</summary>
internal sealed class WindowsTerminalEcho : ITerminalEcho
{
    private const int InputHandle = -10;
    private const uint EchoInput = 0x4;

    private uint? _found;

    /// <inheritdoc/>
    public void Hide()
    {
        if (GetMode(GetHandle(InputHandle), out uint mode))
        {
            _found ??= mode;
            _ = SetMode(GetHandle(InputHandle), mode & ~EchoInput);
        }
    }

    /// <inheritdoc/>
    public void Show()
    {
        if (_found is { } found)
        {
            _ = SetMode(GetHandle(InputHandle), found);
        }
    }

    [DllImport("kernel32", EntryPoint = "GetStdHandle", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetHandle(int which);

    [DllImport("kernel32", EntryPoint = "GetConsoleMode", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetMode(nint handle, out uint mode);

    [DllImport("kernel32", EntryPoint = "SetConsoleMode", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetMode(nint handle, uint mode);
}
