using System.Text;
using Parley.Cli.Accounts;
using Parley.Cli.Chat.Screen.Terminal;

namespace Parley.Cli.Tests.Accounts;

public sealed class PasswordPromptTests
{
    private readonly StringWriter _shown = new();
    private readonly RecordedMode _mode;

    public PasswordPromptTests() => _mode = new RecordedMode(_shown);

    [Fact]
    public void The_terminal_shows_nothing_from_before_the_first_question_until_after_the_last_answer()
    {
        Assert.Equal(["correct horse", "staple"], Ask("correct horse\rstaple\n", "One?", "Two?"));
        Assert.Equal("<silent>One? \r\nTwo? \r\n<as before>", _shown.ToString());
    }

    [Theory]
    [InlineData("abx\u007Fc\r", "abc")]
    [InlineData("ab🎉\bc\r", "abc")]
    [InlineData("\u007F\u007Fabc\r", "abc")]
    [InlineData("wrong\u0015abc\r", "abc")]
    [InlineData("grüße\u0004", "grüße")]
    [InlineData("abc", "abc")]
    [InlineData("a\e[Db\r", "a\e[Db")]
    public void Keys_do_what_they_do_elsewhere(string typed, string password) => Assert.Equal([password], Ask(typed, "One?"));

    [Fact]
    public void Ctrl_C_gives_up_and_the_terminal_is_as_it_was()
    {
        Assert.Throws<OperationCanceledException>(() => Ask("abc\u0003\rdef\r", "One?", "Two?"));
        Assert.Equal("<silent>One? \r\n<as before>", _shown.ToString());
    }

    private string[] Ask(string typed, params string[] questions) =>
        new PasswordPrompt(_mode, new MemoryStream(Encoding.UTF8.GetBytes(typed)), _shown).Ask(questions);

    private sealed class RecordedMode(StringWriter shown) : ITerminalMode
    {
        public (int Columns, int Rows) Size => (80, 24);

        public void Enter() => shown.Write("<silent>");

        public void Leave() => shown.Write("<as before>");

        public bool CanSuspend => false;

        public void Suspend() => throw new NotSupportedException();
    }
}
