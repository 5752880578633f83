using System.Text;

namespace Parley.Cli.Terminal;

/// <summary>The writers behind <see cref="Console.Out"/> and <see cref="Console.Error"/>.</summary>
internal static class StandardWriter
{
    /// <summary>Has the whole process write by them. Before anything is written.</summary>
    public static void Install()
    {
        Console.SetOut(Of(OutputStream.Open()));
        Console.SetError(Of(OutputStream.OpenErrors()));
    }

    private static StreamWriter Of(OutputStream stream) => new(stream, OfSystem(), bufferSize: 256) { AutoFlush = true };

    // A console of Windows may have a code page of old.
    private static Encoding OfSystem() => OperatingSystem.IsWindows() && Console.OutputEncoding is { CodePage: not 65001 } old ? old : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
}
