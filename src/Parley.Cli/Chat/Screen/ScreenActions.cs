using System.Threading.Channels;
using Parley.Cli.Chat.Screen.Model;
using Parley.Client;

namespace Parley.Cli.Chat.Screen;

/// <summary>Carries out the requests of the model, or notes them down for the session to carry out.</summary>
internal sealed class ScreenActions(ParleyClient client, TimeProvider time) : IChatActions, IDisposable
{
    // A paste of so many lines is a file: a server that takes five a second has enough to do with these for minutes.
    private const int MaxUnsentLines = 2000;

    private readonly Channel<string> _outgoing = Channel.CreateBounded<string>(MaxUnsentLines);
    private readonly List<string> _rejected = [];
    private TranscriptFile? _transcript;
    private string? _transcriptError;

    public bool IsRung { get; set; }

    public bool IsRedrawn { get; set; }

    public bool IsSuspended { get; set; }

    public bool IsQuit { get; private set; }

    public ChannelReader<string> Outgoing => _outgoing.Reader;

    /// <summary>There will be no more lines to send.</summary>
    public void EndOutgoing() => _outgoing.Writer.TryComplete();

    /// <summary>The lines for which there was no room, once.</summary>
    public IReadOnlyList<string> TakeRejected()
    {
        string[] lines = [.. _rejected];
        _rejected.Clear();
        return lines;
    }

    /// <summary>Why the transcript ended by itself, once.</summary>
    public string? TakeTranscriptError() => Interlocked.Exchange(ref _transcriptError, null);

    /// <inheritdoc/>
    public void Send(string line)
    {
        if (!_outgoing.Writer.TryWrite(line))
        {
            _rejected.Add(line);
        }
    }

    /// <inheritdoc/>
    public void RetryNow() => client.RetryNow();

    /// <inheritdoc/>
    public string WriteTranscript(string? file)
    {
        string? before = _transcript?.Path;
        if (file is null)
        {
            EndTranscript();
            return before is null ? "There is no transcript: /transcript FILE starts one" : $"The transcript in {before} ends here";
        }

        try
        {
            var next = new TranscriptFile(file, time);
            EndTranscript();
            _transcript = next;
            return $"The transcript goes to {next.Path}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"No transcript: {e.Message}";
        }
    }

    /// <inheritdoc/>
    public void Record(Entry entry)
    {
        try
        {
            _transcript?.Write(entry);
        }
        catch (IOException e)
        {
            _transcriptError = $"The transcript ends: {e.Message}";
            EndTranscript();
        }
    }

    /// <inheritdoc/>
    public void Ring() => IsRung = true;

    /// <inheritdoc/>
    public void Redraw() => IsRedrawn = true;

    /// <inheritdoc/>
    public void Suspend() => IsSuspended = true;

    /// <inheritdoc/>
    public void Quit() => IsQuit = true;

    public void Dispose() => EndTranscript();

    private void EndTranscript()
    {
        _transcript?.Dispose();
        _transcript = null;
    }
}
