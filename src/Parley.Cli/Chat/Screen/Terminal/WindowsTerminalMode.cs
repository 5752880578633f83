using System.Runtime.InteropServices;

namespace Parley.Cli.Chat.Screen.Terminal;

/// <summary>The mode of a Windows console that speaks the escape sequences of other terminals (Windows 10 and later).</summary>
internal sealed class WindowsTerminalMode : ITerminalMode
{
    private const int InputHandle = -10;
    private const int OutputHandle = -11;
    private const uint Utf8 = 65001;

    private const uint ProcessedInput = 0x1;
    private const uint LineInput = 0x2;
    private const uint EchoInput = 0x4;
    private const uint QuickEdit = 0x40;
    private const uint ExtendedFlags = 0x80;
    private const uint VirtualTerminalInput = 0x200;
    private const uint VirtualTerminalOutput = 0x4;

    private (uint Input, uint Output, uint InputPage, uint OutputPage)? _found;

    /// <inheritdoc/>
    public (int Columns, int Rows) Size => (Math.Max(1, Console.WindowWidth), Math.Max(1, Console.WindowHeight));

    /// <inheritdoc/>
    public void Enter()
    {
        if (!GetMode(GetHandle(InputHandle), out uint input) || !GetMode(GetHandle(OutputHandle), out uint output))
        {
            throw new IOException($"Cannot read the console's mode: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        _found ??= (input, output, GetInputPage(), GetOutputPage());
        uint rawInput = (input & ~(ProcessedInput | LineInput | EchoInput | QuickEdit)) | ExtendedFlags | VirtualTerminalInput;
        if (!SetMode(GetHandle(InputHandle), rawInput) || !SetMode(GetHandle(OutputHandle), output | VirtualTerminalOutput))
        {
            throw new IOException($"Cannot set the console's mode: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        _ = SetInputPage(Utf8);
        _ = SetOutputPage(Utf8);
    }

    /// <inheritdoc/>
    public void Leave()
    {
        if (_found is { } found)
        {
            _ = SetMode(GetHandle(InputHandle), found.Input);
            _ = SetMode(GetHandle(OutputHandle), found.Output);
            _ = SetInputPage(found.InputPage);
            _ = SetOutputPage(found.OutputPage);
        }
    }

    /// <inheritdoc/>
    public bool CanSuspend => false;

    /// <inheritdoc/>
    public void Suspend()
    {
        // There is no such thing on Windows.
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

    [DllImport("kernel32", EntryPoint = "GetConsoleCP")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint GetInputPage();

    [DllImport("kernel32", EntryPoint = "GetConsoleOutputCP")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint GetOutputPage();

    [DllImport("kernel32", EntryPoint = "SetConsoleCP")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetInputPage(uint page);

    [DllImport("kernel32", EntryPoint = "SetConsoleOutputCP")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetOutputPage(uint page);
}
