namespace Parley.Cli.Tests.Chat.Screen;

/// <summary>What is typed when the server asks for a password is seen by nobody who looks on.</summary>
public sealed class PasswordTests
{
    [Theory]
    [InlineData("/login Ana", "Send the password of Ana as the next line, or an empty line to give up")]
    [InlineData("/account make Ana", "Send a password for Ana as the next line, or an empty line to give up")]
    [InlineData("/account recover Ana 123", "Send the new password as the next line, or an empty line to give up")]
    public void It_is_shown_as_dots_sent_as_it_is_and_not_brought_back(string command, string question)
    {
        TestScreen screen = TestScreen.Connected(80);
        screen.Receive("Tags are on");
        screen.Type($"{command}\r");
        screen.Receive(question);
        screen.Type("/hunter2", "\e[200~ pasted\r\e[201~");
        Assert.Contains("─ Password ─", screen.Rows()[^4], StringComparison.Ordinal);
        Assert.Contains("│•••••••••••••••  ", screen.Rows()[^3], StringComparison.Ordinal);

        screen.Type("\r", "\e[A");

        Assert.Equal([command, "/hunter2 pasted"], screen.Actions.Sent);
        Assert.Equal(command, screen.Model.Editor.Text);
        Assert.DoesNotContain(screen.Actions.Recorded, entry => entry.Plain.Contains("hunter2", StringComparison.Ordinal));
        screen.NotSent("/hunter2 pasted");
        Assert.EndsWith("the password", screen.Actions.Recorded[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Esc_gives_up_and_the_line_that_was_being_written_is_still_there()
    {
        TestScreen screen = TestScreen.Connected(80);
        screen.Type("/login Ana\r", "a thought");
        screen.Receive("Send the password of Ana as the next line, or an empty line to give up");
        screen.Type("secret", "\e");

        Assert.False(screen.Actions.HasQuit);
        Assert.Equal(["/login Ana", ""], screen.Actions.Sent);
        Assert.Equal("a thought", screen.Model.Editor.Text);
        Assert.Contains("─ Send message ─", screen.Rows()[^4], StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_asked_for_a_password_who_has_not_asked_to_log_in()
    {
        TestScreen screen = TestScreen.Connected(80);
        screen.Receive("Send the password of Ana as the next line, or an empty line to give up");
        screen.Type("hello");

        Assert.Null(screen.Model.Secret);
        Assert.Equal("hello", screen.Model.Editor.Text);
    }

    [Fact]
    public void What_was_cut_out_of_a_password_is_not_put_into_a_line()
    {
        TestScreen screen = TestScreen.Connected(80);
        screen.Type("/login Ana\r");
        screen.Receive("Send the password of Ana as the next line, or an empty line to give up");
        screen.Type("secret", "\u0015", "\r", "\u0019");

        Assert.Equal("", screen.Model.Editor.Text);
        Assert.Equal(["/login Ana", ""], screen.Actions.Sent);
    }
}
