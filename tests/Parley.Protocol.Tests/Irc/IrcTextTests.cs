using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Irc;

namespace Parley.Protocol.Tests.Irc;

public sealed class IrcTextTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abc", 2, "ab")]
    [InlineData("abc", 0, "")]
    [InlineData("aé", 2, "a")]
    [InlineData("aé", 3, "aé")]
    [InlineData("漢", 2, "")]
    [InlineData("a😀b", 4, "a")]
    [InlineData("a😀b", 5, "a😀")]
    public void A_text_is_cut_at_a_character(string text, int max, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(IrcText.Truncate(Encoding.UTF8.GetBytes(text), max)));

    [Fact]
    public void What_is_not_UTF8_is_cut_where_it_must() => Assert.Equal(5, IrcText.Truncate(Bytes.Of("\x80\x80\x80\x80\x80\x80\x80"), 5).Length);

    [Fact]
    public void A_long_text_is_split_after_a_space_where_there_is_one() =>
        Assert.Equal(["one two ", "three ", "fourfive", "six"], Split("one two three fourfivesix", 8));

    [Fact]
    public void Pieces_have_room_for_every_character() => Assert.Throws<ArgumentOutOfRangeException>(() => Split("a", 3));

    [Fact]
    public void The_pieces_of_every_text_are_the_text() =>
        Prop.ForAll(Arb.From(TextGen.Any), Arb.From(Gen.Choose(4, 30)), (text, max) =>
        {
            var pieces = Split(text, max);
            return string.Concat(pieces) == text && pieces.All(piece => Encoding.UTF8.GetByteCount(piece) is var bytes && bytes > 0 && bytes <= max);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", "", "")]
    [InlineData("#a", "#a", "#a")]
    [InlineData("#a,#b,c", "#a|#b|c", "#a|#b|c")]
    [InlineData(",a,,b,", "a|b", "|a||b|")]
    [InlineData(",", "", "|")]
    [InlineData("a b, c", "a b| c", "a b| c")]
    public void A_list_has_items_and_places(string parameter, string items, string places)
    {
        Assert.Equal(items, Join(IrcText.List(Encoding.UTF8.GetBytes(parameter))));
        Assert.Equal(places, Join(IrcText.Places(Encoding.UTF8.GetBytes(parameter))));
    }

    [Theory]
    [InlineData("\x01" + "ACTION waves\x01", "waves")]
    [InlineData("\x01" + "ACTION waves", "waves")]
    [InlineData("\x01" + "action  waves \x01", " waves ")]
    [InlineData("\x01" + "ACTION\x01", "")]
    [InlineData("\x01" + "ACTION waves\x01 and more", "waves")]
    [InlineData("\x01" + "ACTIONS waves\x01", null)]
    [InlineData("\x01" + "VERSION\x01", null)]
    [InlineData("ACTION waves", null)]
    [InlineData(" \x01" + "ACTION waves\x01", null)]
    [InlineData("\x01\x01", null)]
    [InlineData("\x01", null)]
    [InlineData("", null)]
    public void An_action_is_told_from_text_and_from_other_CTCP(string text, string? expected) =>
        Assert.Equal(expected, IrcText.TryParseAction(Encoding.UTF8.GetBytes(text), out var action) ? Encoding.UTF8.GetString(action) : null);

    [Fact]
    public void CTCP_is_a_command_and_arguments()
    {
        Assert.True(IrcText.TryParseCtcp("\x01PING 1473523796 918320\x01"u8, out var command, out var arguments));
        Assert.Equal("PING", Encoding.UTF8.GetString(command));
        Assert.Equal("1473523796 918320", Encoding.UTF8.GetString(arguments));
    }

    [Theory]
    [InlineData("Ana", "", "Ana", false)]
    [InlineData("#main", "", "#main", true)]
    [InlineData("@#main", "@", "#main", true)]
    [InlineData("@+#main", "@+", "#main", true)]
    [InlineData("%#", "%", "#", true)]
    [InlineData("@Ana", "", "@Ana", false)]
    [InlineData("~#main", "", "~#main", false)]
    [InlineData("@", "", "@", false)]
    [InlineData("", "", "", false)]
    public void A_target_is_a_nick_or_a_channel_with_a_status(string target, string status, string name, bool isChannel)
    {
        var parsed = IrcTarget.Parse(Encoding.UTF8.GetBytes(target), "@%+"u8);
        Assert.Equal((status, name, isChannel), (Encoding.UTF8.GetString(parsed.Status), Encoding.UTF8.GetString(parsed.Name), parsed.IsChannel));
    }

    private static List<string> Split(string text, int max)
    {
        var pieces = new List<string>();
        foreach (var piece in IrcText.Split(Encoding.UTF8.GetBytes(text), max))
        {
            pieces.Add(Encoding.UTF8.GetString(piece));
        }

        return pieces;
    }

    private static string Join(IrcListEnumerator list)
    {
        var items = new List<string>();
        foreach (var item in list)
        {
            items.Add(Encoding.UTF8.GetString(item));
        }

        return string.Join('|', items);
    }
}
