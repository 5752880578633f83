using Microsoft.Win32.SafeHandles;

namespace Parley.Cli.Terminal;

/// <summary>The process's three streams as plain bytes.</summary>
/// <remarks>
/// For terminals and pipes not <see cref="Console"/>'s: on Unix that takes over the terminal's line editing, decodes by the
/// locale, and swallows the error that tells of a closed pipe. So the terminal stays in the state it was found in.
/// </remarks>
internal static class StandardStreams
{
    public static Stream OpenInput() => OpenUnseekable(0, FileAccess.Read) ?? Console.OpenStandardInput();

    public static Stream OpenOutput() => OpenUnseekable(1, FileAccess.Write) ?? Console.OpenStandardOutput();

    public static Stream OpenError() => OpenUnseekable(2, FileAccess.Write) ?? Console.OpenStandardError();

    private static FileStream? OpenUnseekable(int descriptor, FileAccess access)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        try
        {
            // Unbuffered (0): what is written is to be seen. Not owned: the descriptors belong to the process.
            var stream = new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: 0);
            // In a file, FileStream keeps a position of its own, and two such streams (>log 2>&1) write over each other.
            return stream.CanSeek ? null : stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Closed (<&-) or a directory: the console knows how to do without.
            return null;
        }
    }
}
