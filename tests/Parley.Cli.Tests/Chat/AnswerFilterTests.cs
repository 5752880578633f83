using Parley.Cli.Chat;
using Parley.Protocol.Lines;

namespace Parley.Cli.Tests.Chat;

/// <summary>What a script reads of a server's lines: answers and what others say, nothing of what greets whoever comes.</summary>
public sealed class AnswerFilterTests
{
    private static readonly string[] Greeting = ["Server commands", "  /help", "You are Ann", "You joined main"];

    [Theory]
    [InlineData]
    [InlineData("Topic - tea at five")]
    public void Neither_topic_nor_earlier_messages_of_the_room_one_comes_into_are_answers(params string[] topic)
        => Assert.Equal(["Bob: hi"], Shown([.. Greeting, .. topic, "History - earlier messages in main", "Bob: before", "History - end", "Bob: hi"]));

    [Fact]
    public void A_topic_and_a_page_that_were_asked_for_are()
        => Assert.Equal(
            ["Topic - tea", "History - earlier messages in main", "Bob: before", "History - end"],
            Shown([.. Greeting, "Topic - tea at five", "Bob joined", "Topic - tea", "History - earlier messages in main", "Bob: before", "History - end"]).Where(line => line != "Bob joined"));

    [Fact]
    public void Whoever_goes_on_to_another_room_is_shown_its_topic_and_no_earlier_messages()
        => Assert.Equal(
            ["You joined dev", "Topic - code", "Bob: hi"],
            Shown([.. Greeting, "You joined dev", "Topic - code", "History - earlier messages in dev", "Bob: before", "History - end", "Bob: hi"]));

    private static string[] Shown(string[] lines)
    {
        var filter = new AnswerFilter(login: null);
        return [.. lines.Where(line => filter.IsShown(ServerLineParser.Parse(line)))];
    }
}
