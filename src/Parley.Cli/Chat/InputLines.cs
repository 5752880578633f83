using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Parley.Protocol.Framing;

namespace Parley.Cli.Chat;

/// <summary>The user's input as lines of bytes: what is typed goes out as it is, whatever the locale.</summary>
internal static class InputLines
{
    // Far over any server's limit, which is the server's to tell about; it only keeps endless input without a line out of memory.
    private const int MaxLineBytes = 1024 * 1024;

    /// <summary>Reads lines without their ends until the input ends; each is good until the next is asked for.</summary>
    /// <remarks>What follows the last line end is a line too. A line over 1 MiB is left out.</remarks>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        PipeReader input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var framer = new LineFramer(MaxLineBytes);
        while (true)
        {
            ReadResult read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> rest = read.Buffer;
            FrameResult result;
            while ((result = framer.TryRead(ref rest, out ReadOnlySequence<byte> line)) != FrameResult.Incomplete)
            {
                if (result == FrameResult.Line)
                {
                    yield return WithoutReturns(line);
                }
            }

            if (read.IsCompleted)
            {
                if (framer.TryReadRest(ref rest, out ReadOnlySequence<byte> last))
                {
                    yield return WithoutReturns(last);
                }

                yield break;
            }

            input.AdvanceTo(rest.Start, rest.End);
        }
    }

    /// <summary>True if the line asks a lines server to quit, after which its closing is no surprise.</summary>
    public static bool IsQuit(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> command = line.Trim(" \t"u8);
        return command.StartsWith("/quit"u8) && (command.Length == 5 || command[5] is (byte)' ' or (byte)'\t');
    }

    // A lone CR (a progress bar in a pipe) would be a line break inside a line, which no protocol here allows.
    private static ReadOnlyMemory<byte> WithoutReturns(ReadOnlySequence<byte> line)
    {
        ReadOnlyMemory<byte> bytes = line.IsSingleSegment ? line.First : line.ToArray();
        return bytes.Span.Contains((byte)'\r') ? bytes.ToArray().Where(b => b != '\r').ToArray() : bytes;
    }
}
