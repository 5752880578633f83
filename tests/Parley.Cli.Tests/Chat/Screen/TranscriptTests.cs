using Parley.Cli.Chat.Screen;
using Parley.Cli.Chat.Screen.Model;
using Parley.TestKit;

namespace Parley.Cli.Tests.Chat.Screen;

public sealed class TranscriptTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Lines_are_added_to_what_is_there_and_can_be_read_at_once()
    {
        File.WriteAllText(_file, "before\n");
        using var transcript = new TranscriptFile(_file, _clock);
        transcript.Write(new Entry(EntryKind.Message, default, "Ana", "grüße"));
        transcript.Write(new Entry(EntryKind.Action, default, "Bob", "waves"));
        transcript.Write(new Entry(EntryKind.Notice, default, "", "Cem joined"));

        using var reader = new StreamReader(new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.Equal(
            "before\n2026-06-01 12:00:00 Ana: grüße\n2026-06-01 12:00:00 * Bob waves\n2026-06-01 12:00:00 Cem joined\n",
            reader.ReadToEnd());
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_told_and_changes_nothing()
    {
        using var actions = new ScreenActions(null!, _clock);
        Assert.StartsWith("The transcript goes to ", actions.WriteTranscript(_file), StringComparison.Ordinal);
        Assert.StartsWith("No transcript: ", actions.WriteTranscript("/no/such/folder/talk.txt"), StringComparison.Ordinal);
        actions.Record(new Entry(EntryKind.Message, default, "Ana", "hello"));
        Assert.Equal($"The transcript in {_file} ends here", actions.WriteTranscript(null));
        Assert.Contains("Ana: hello", File.ReadAllText(_file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_is_no_file_to_write_to()
    {
        Assert.SkipUnless(File.Exists("/dev/ptmx"), "this machine has no pseudo terminals");
        using var actions = new ScreenActions(null!, _clock);

        // Whoever opens it has a new terminal, which nobody looks at.
        Assert.Equal("No transcript: /dev/ptmx is a device and no file: name another", actions.WriteTranscript("/dev/ptmx"));
        Assert.StartsWith("There is no transcript", actions.WriteTranscript(null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_is_full_ends_the_transcript_with_a_reason()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "no /dev/full here");
        using var actions = new ScreenActions(null!, _clock);
        actions.WriteTranscript("/dev/full");
        actions.Record(new Entry(EntryKind.Message, default, "Ana", "hello"));

        Assert.StartsWith("The transcript ends: ", actions.TakeTranscriptError(), StringComparison.Ordinal);
        Assert.Null(actions.TakeTranscriptError());
    }

    [Fact]
    public void More_lines_than_can_wait_are_given_back()
    {
        using var actions = new ScreenActions(null!, _clock);
        for (int line = 0; line < 2001; line++)
        {
            actions.Send($"{line}");
        }

        Assert.Equal(["2000"], actions.TakeRejected());
    }

    public void Dispose() => File.Delete(_file);
}
