using Parley.Protocol.Lines;

namespace Parley.Protocol.Tests.Lines;

public sealed class ServerLineParserTests
{
    [Theory]
    [InlineData("You are AwesomeVulture", ServerLineKind.YouAre, "AwesomeVulture", "")]
    [InlineData("You joined main", ServerLineKind.YouJoined, "main", "")]
    [InlineData("Bob: hello: world", ServerLineKind.Message, "Bob", "hello: world")]
    [InlineData("Bob: ", ServerLineKind.Message, "Bob", "")]
    [InlineData("* Bob waves at you", ServerLineKind.Action, "Bob", "waves at you")]
    [InlineData("Bob joined", ServerLineKind.Joined, "Bob", "")]
    [InlineData("Bob left", ServerLineKind.Left, "Bob", "")]
    [InlineData("Bob left, kicked by Ana (too: loud)", ServerLineKind.Left, "Bob", "kicked by Ana (too: loud)")]
    [InlineData("You are in no room, /join one", ServerLineKind.InNoRoom, "", "You are in no room, /join one")]
    [InlineData("Bob is now Rob-1", ServerLineKind.Renamed, "Bob", "Rob-1")]
    [InlineData("Rooms - main (3), rust (2)", ServerLineKind.Rooms, "", "main (3), rust (2)")]
    [InlineData("Users - A_1, B", ServerLineKind.Users, "", "A_1, B")]
    [InlineData("Bob deleted a message", ServerLineKind.Deleted, "Bob", "")]
    [InlineData("Bob deleted a message (not (here))", ServerLineKind.Deleted, "Bob", "not (here)")]
    [InlineData("from Bob: hello", ServerLineKind.DirectFrom, "Bob", "hello")]
    [InlineData("to Bob: hello", ServerLineKind.DirectTo, "Bob", "hello")]
    public void A_line_is_known_by_its_words(string line, ServerLineKind kind, string name, string text) =>
        Assert.Equal(new ServerLine(kind, name, text), ServerLineParser.Parse(line));

    [Theory]
    [InlineData("")]
    [InlineData("Server commands")]
    [InlineData("  /help - print this message")]
    [InlineData("  /msg {name} {text} - to: one user")]
    [InlineData("You are in main")]
    [InlineData("Name must be 2 - 20 alphanumeric chars")]
    [InlineData("Bob is already taken")]
    [InlineData("Bob is not here")]
    [InlineData("Unrecognized command /a: b, try /help")]
    [InlineData("Messages can only be 400 bytes long")]
    [InlineData("Usage: /msg {name} {text}")]
    [InlineData("Bob is now very tired")]
    [InlineData("Server is very busy and dropped some messages, sorry!")]
    [InlineData("Server is very busy and dropped -1 messages, sorry!")]
    [InlineData("[25:00] Bob: hello")]
    [InlineData("[10:32]")]
    [InlineData("* ")]
    [InlineData("from : x")]
    public void Anything_else_is_a_notice(string line) =>
        Assert.Equal(new ServerLine(ServerLineKind.Notice, "", line), ServerLineParser.Parse(line));

    [Theory]
    [InlineData("[10:32] Bob: hello", ServerLineKind.Message, "hello")]
    [InlineData("[10:32] * Bob waves", ServerLineKind.Action, "waves")]
    [InlineData("[10:32] Bob joined", ServerLineKind.Joined, "")]
    [InlineData("[10:32] Bob: [11:00] hi", ServerLineKind.Message, "[11:00] hi")]
    public void A_time_may_precede_a_line(string line, ServerLineKind kind, string text) =>
        Assert.Equal(new ServerLine(kind, "Bob", text, new TimeOnly(10, 32)), ServerLineParser.Parse(line));

    [Theory]
    [InlineData("#main Bob: hello", "main", "", "")]
    [InlineData("#main @main.17 Bob: hello", "main", "main.17", "")]
    [InlineData("#Main @main.17 >old.3 Bob: hello", "Main", "main.17", "old.3")]
    [InlineData("#main >main.3 Bob: hello", "main", "", "main.3")]
    public void Tags_may_precede_a_line(string line, string room, string id, string reference) =>
        Assert.Equal(
            new ServerLine(ServerLineKind.Message, "Bob", "hello") { Room = room, Id = id, Reference = reference }, ServerLineParser.Parse(line));

    [Fact]
    public void A_time_stands_behind_the_tags() =>
        Assert.Equal(
            new ServerLine(ServerLineKind.Joined, "Bob", "", new TimeOnly(10, 32)) { Room = "main" }, ServerLineParser.Parse("#main [10:32] Bob joined"));

    [Theory]
    [InlineData("#main")]
    [InlineData("# Bob: hello")]
    [InlineData("#a b")]
    [InlineData("##main Bob: hello")]
    [InlineData("@main.1 Bob: hello")]
    public void What_is_no_tag_stays_in_the_line(string line) =>
        Assert.Equal(new ServerLine(ServerLineKind.Notice, "", line), ServerLineParser.Parse(line));

    [Theory]
    [InlineData("#main @ Bob: hello", "@ Bob: hello")]
    [InlineData("#main @x", "@x")]
    public void A_tag_without_an_id_is_part_of_the_line(string line, string text) =>
        Assert.Equal(new ServerLine(ServerLineKind.Notice, "", text) { Room = "main" }, ServerLineParser.Parse(line));

    [Fact]
    public void Dropped_messages_are_counted() =>
        Assert.Equal(12345678901, ServerLineParser.Parse("Server is very busy and dropped 12345678901 messages, sorry!").Count);

    [Theory]
    [InlineData("You joined", ServerLineKind.Joined, "You")]
    [InlineData("from: hello", ServerLineKind.Message, "from")]
    [InlineData("Rooms: hello", ServerLineKind.Message, "Rooms")]
    [InlineData("Usage: hello", ServerLineKind.Message, "Usage")]
    public void A_user_may_be_named_like_a_word_of_the_protocol(string line, ServerLineKind kind, string name)
    {
        var parsed = ServerLineParser.Parse(line);
        Assert.Equal((kind, name), (parsed.Kind, parsed.Name));
    }

    [Fact]
    public void What_was_said_on_an_earlier_day_has_its_date()
    {
        var line = ServerLineParser.Parse("[2026-11-20 22:15] Bob: see you tomorrow");
        Assert.Equal(
            new ServerLine(ServerLineKind.Message, "Bob", "see you tomorrow", new TimeOnly(22, 15), Date: new DateOnly(2026, 11, 20)), line);
    }

    [Theory]
    [InlineData("[2026-13-20 22:15] Bob: hi")]
    [InlineData("[2026-11-20 22:15]Bob: hi")]
    [InlineData("[2026-11-20] Bob: hi")]
    public void What_only_looks_like_a_date_is_a_notice(string line)
        => Assert.Equal(new ServerLine(ServerLineKind.Notice, "", line), ServerLineParser.Parse(line));

    [Theory]
    [InlineData("earlier messages in main")]
    [InlineData("found in main")]
    [InlineData("end")]
    [InlineData("end, for more: /history before #1234")]
    [InlineData("none")]
    public void History_is_marked(string text)
        => Assert.Equal(new ServerLine(ServerLineKind.History, "", text), ServerLineParser.Parse("History - " + text));

    [Theory]
    [InlineData("Server cannot keep history at the moment")]
    [InlineData("Server keeps history again")]
    public void Words_about_history_are_notices(string line)
        => Assert.Equal(new ServerLine(ServerLineKind.Notice, "", line), ServerLineParser.Parse(line));

    [Fact]
    public void A_notice_worded_like_a_message_is_taken_for_one() =>
        Assert.Equal(ServerLineKind.Message, ServerLineParser.Parse("Note: restart at noon").Kind);
}
