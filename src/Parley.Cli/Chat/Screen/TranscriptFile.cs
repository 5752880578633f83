using System.Globalization;
using System.Text;
using Parley.Cli.Chat.Screen.Model;

namespace Parley.Cli.Chat.Screen;

/// <summary>The conversation as a text file: one line for each entry, added to what is there, written as it comes.</summary>
internal sealed class TranscriptFile : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly TimeProvider _time;

    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public TranscriptFile(string path, TimeProvider time)
    {
        _time = time;
        Path = System.IO.Path.GetFullPath(path);
        // Shared, so that people can read along.
        var stream = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        if (!stream.CanSeek)
        {
            // A terminal, which may be somebody else's: those who come by one user of ssh could write on each other's.
            stream.Dispose();
            throw new IOException($"{Path} is a device and no file: name another");
        }

        _writer = new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
    }

    public string Path { get; }

    /// <summary>Adds <c>2026-06-01 12:00:00 Ana: hello</c>.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(Entry entry)
    {
        string time = _time.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        _writer.WriteLine($"{time} {entry.Plain}");
    }

    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            // Every line was flushed as it was written: what fails now has been told.
        }
    }
}
