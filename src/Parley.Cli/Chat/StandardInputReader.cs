using System.IO.Pipelines;

namespace Parley.Cli.Chat;

/// <summary>Standard input as a pipe, filled by a thread of its own.</summary>
/// <remarks>
/// A blocking read of a terminal cannot be cancelled. The thread may stay in it for ever: it is a background thread, so the
/// process ends regardless, and it is not one of the pool's, of which there may be only one.
/// </remarks>
internal static class StandardInputReader
{
    /// <summary>Starts reading; the result ends when <paramref name="input"/> does, or when it cannot be read.</summary>
    public static PipeReader Start(Stream input)
    {
        var pipe = new Pipe();
        var thread = new Thread(() => Copy(input, pipe.Writer)) { IsBackground = true, Name = "standard input" };
        thread.Start();
        return pipe.Reader;
    }

    private static void Copy(Stream input, PipeWriter writer)
    {
        try
        {
            using Stream pipe = writer.AsStream();
            input.CopyTo(pipe, bufferSize: 16 * 1024);
        }
        catch (IOException)
        {
            // A terminal that is gone, or no standard input at all: nothing more will be typed.
        }
    }
}
