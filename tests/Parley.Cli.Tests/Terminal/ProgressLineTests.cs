using Parley.Cli.Terminal;
using Parley.TestKit;

namespace Parley.Cli.Tests.Terminal;

public sealed class ProgressLineTests
{
    private readonly StringWriter _terminal = new();
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void It_shows_no_more_than_the_eye_follows_and_makes_room()
    {
        using var line = new ProgressLine(_terminal, _clock);
        line.Show(() => "too soon");
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        line.Show(() => "1 of 2");
        line.Show(() => "too soon");
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        line.Show(() => "2 of 2");
        line.Clear();
        line.Clear();

        Assert.Equal("\r\e[K1 of 2\r\e[K2 of 2\r\e[K", _terminal.ToString());
    }

    [Fact]
    public void Without_a_terminal_nothing_is_even_worded()
    {
        using var line = new ProgressLine(null, _clock);
        _clock.Advance(TimeSpan.FromSeconds(1));
        line.Show(() => throw new InvalidOperationException("nobody reads this"));
    }
}
