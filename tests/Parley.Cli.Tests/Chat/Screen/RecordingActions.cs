using Parley.Cli.Chat.Screen.Model;

namespace Parley.Cli.Tests.Chat.Screen;

/// <summary>Writes down what the model asks for.</summary>
internal sealed class RecordingActions : IChatActions
{
    public List<string> Sent { get; } = [];

    public List<Entry> Recorded { get; } = [];

    public List<string?> Transcripts { get; } = [];

    public int Rings { get; private set; }

    public int Retries { get; private set; }

    public int Redraws { get; private set; }

    public int Suspensions { get; private set; }

    public bool HasQuit { get; private set; }

    public void Send(string line) => Sent.Add(line);

    public void RetryNow() => Retries++;

    public string WriteTranscript(string? file)
    {
        Transcripts.Add(file);
        return $"transcript {file}";
    }

    public void Record(Entry entry) => Recorded.Add(entry);

    public void Ring() => Rings++;

    public void Redraw() => Redraws++;

    public void Suspend() => Suspensions++;

    public void Quit() => HasQuit = true;
}
