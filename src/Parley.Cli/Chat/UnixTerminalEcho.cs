using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Parley.Cli.Chat;

/// <summary>Echo of a Unix terminal: the local flags of termios(3).</summary>
internal sealed class UnixTerminalEcho : ITerminalEcho
{
    private const int Input = 0;
    private const int ApplyNow = 0;

    // struct termios has 60 bytes on Linux and 72 on macOS. Its fourth member is the local flags: of 4 bytes on Linux, of 8 on macOS.
    private const int TermiosBytes = 256;
    private const uint Echo = 0x8;
    private static readonly int FlagsAt = OperatingSystem.IsMacOS() ? 24 : 12;
    private static readonly uint EchoLineEnd = OperatingSystem.IsMacOS() ? 0x10u : 0x40u;

    private byte[]? _found;

    /// <inheritdoc/>
    public void Hide()
    {
        var hidden = new byte[TermiosBytes];
        if (GetAttributes(Input, hidden) != 0)
        {
            return;
        }

        _found ??= [.. hidden];
        Span<byte> flags = hidden.AsSpan(FlagsAt, sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(flags, (BinaryPrimitives.ReadUInt32LittleEndian(flags) & ~Echo) | EchoLineEnd);
        _ = SetAttributes(Input, ApplyNow, hidden);
    }

    /// <inheritdoc/>
    public void Show()
    {
        if (_found is not null)
        {
            _ = SetAttributes(Input, ApplyNow, _found);
        }
    }

    [DllImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAttributes(int descriptor, byte[] termios);

    [DllImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAttributes(int descriptor, int when, byte[] termios);
}
