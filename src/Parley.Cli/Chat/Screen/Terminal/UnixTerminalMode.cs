using System.Runtime.InteropServices;

namespace Parley.Cli.Chat.Screen.Terminal;

/// <summary>The mode of a Unix terminal: termios(3).</summary>
internal sealed class UnixTerminalMode : ITerminalMode
{
    private const int Input = 0;
    private const int Output = 1;
    private const int ApplyNow = 0;

    // struct termios has 60 bytes on Linux and 72 on macOS. It is never looked into: cfmakeraw knows what is where.
    private const int TermiosBytes = 256;

    // The numbers of ioctl(TIOCGWINSZ) on Linux, and of SIGSTOP on Linux and on macOS.
    private const nuint GetWindowSizeRequest = 0x5413;
    private const int LinuxStop = 19;
    private const int MacStop = 17;

    private byte[]? _found;

    /// <inheritdoc/>
    public (int Columns, int Rows) Size
    {
        get
        {
            // Elsewhere than on Linux a variadic function such as ioctl takes its arguments in another way than declared here.
            if (OperatingSystem.IsLinux())
            {
                return GetWindowSize(Output, GetWindowSizeRequest, out WindowSize size) == 0 && size is { Columns: > 0, Rows: > 0 }
                    ? (size.Columns, size.Rows)
                    : (80, 24);
            }

            return (Math.Max(1, Console.WindowWidth), Math.Max(1, Console.WindowHeight));
        }
    }

    /// <inheritdoc/>
    public void Enter()
    {
        byte[] raw = new byte[TermiosBytes];
        if (GetAttributes(Input, raw) != 0)
        {
            throw new IOException($"Cannot read the terminal's mode: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        _found ??= [.. raw];
        MakeRaw(raw);
        if (SetAttributes(Input, ApplyNow, raw) != 0)
        {
            throw new IOException($"Cannot set the terminal's mode: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <inheritdoc/>
    public void Leave()
    {
        if (_found is not null)
        {
            _ = SetAttributes(Input, ApplyNow, _found);
        }
    }

    /// <inheritdoc/>
    // Such is the parent if it is in the same session, and not in the same job. Else (sshd with a command of its own, a terminal's -e, a container) whoever stops
    // stops for ever, and takes the terminal along.
    public bool CanSuspend => GetParent() is var parent && GetSession(parent) == GetSession(0) && GetGroup(parent) != GetGroup(0);

    /// <inheritdoc/>
    // SIGSTOP, not SIGTSTP: that one the runtime may have taken for itself. And raise, not kill, which may stop another thread
    // first: this one would go on for a while.
    public void Suspend() => _ = Raise(OperatingSystem.IsMacOS() ? MacStop : LinuxStop);

    [DllImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAttributes(int descriptor, byte[] termios);

    [DllImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAttributes(int descriptor, int when, byte[] termios);

    [DllImport("libc", EntryPoint = "cfmakeraw")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void MakeRaw(byte[] termios);

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetWindowSize(int descriptor, nuint request, out WindowSize size);

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetParent();

    [DllImport("libc", EntryPoint = "getsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetSession(int process);

    [DllImport("libc", EntryPoint = "getpgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetGroup(int process);

    [DllImport("libc", EntryPoint = "raise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Raise(int signal);

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort PixelWidth;
        public ushort PixelHeight;
    }
}
