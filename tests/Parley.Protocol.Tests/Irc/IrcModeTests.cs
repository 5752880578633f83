using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Irc;

namespace Parley.Protocol.Tests.Irc;

/// <summary>https://modern.ircdocs.horse/#mode-message</summary>
public sealed class IrcModeTests
{
    private static readonly IrcModeClasses Channel = new(Lists: "beI", Always: "k", WhenSet: "l", Flags: "imnpst", Prefixes: "ohv");
    private static readonly IrcModeClasses User = new(Flags: "iowB");

    [Theory]
    [InlineData("+i", "+i")]
    [InlineData("i", "+i")]
    [InlineData("-i+m-n", "-i +m -n")]
    [InlineData("+ov-b Ana Bob *!*@x", "+o:Ana +v:Bob -b:*!*@x")]
    [InlineData("-bl+i *@192.168.0.1", "-b:*@192.168.0.1 -l +i")]
    [InlineData("+lk 10 key", "+l:10 +k:key")]
    [InlineData("-k key", "-k:key")]
    [InlineData("-k", "-k")]
    [InlineData("+i left over", "+i")]
    [InlineData("+-+", "")]
    [InlineData("", "")]
    [InlineData("+oo Ana Ana", "+o:Ana +o:Ana")]
    [InlineData("+b :*!*@x and more ", "+b:*!*@x and more")]
    [InlineData("+b : *!*@x", "+b:*!*@x")]
    public void Letters_take_arguments_from_left_to_right(string modes, string expected) => Assert.Equal(expected, Parse(modes, Channel));

    [Theory]
    [InlineData("b", "+b?")]
    [InlineData("+b", "+b?")]
    [InlineData("-e", "-e?")]
    [InlineData("+bbbb-b", "+b?")]
    [InlineData("+bI *!*@x", "+b:*!*@x +I?")]
    [InlineData("+b :", "+b?")]
    public void A_list_without_argument_is_asked_for_once(string modes, string expected) => Assert.Equal(expected, Parse(modes, Channel));

    [Theory]
    [InlineData("+o", "+o!")]
    [InlineData("-v", "-v!")]
    [InlineData("+k", "+k!")]
    [InlineData("+l", "+l!")]
    [InlineData("+lll", "+l!")]
    [InlineData("+ok Ana", "+o:Ana +k!")]
    public void An_argument_that_is_missing_is_told(string modes, string expected) => Assert.Equal(expected, Parse(modes, Channel));

    [Theory]
    [InlineData("+xiX", "+x~ +i +X~")]
    [InlineData("+xxx-x", "+x~")]
    [InlineData("+xo Ana", "+x~ +o:Ana")]
    public void What_is_unknown_is_told_once_and_takes_no_argument(string modes, string expected) => Assert.Equal(expected, Parse(modes, Channel));

    [Theory]
    [InlineData("+iw-B", "+i +w -B")]
    [InlineData("+b a", "+b~")]
    public void A_users_modes_have_no_arguments(string modes, string expected) => Assert.Equal(expected, Parse(modes, User));

    [Fact]
    public void Changes_are_written_as_they_are_read()
    {
        IrcModeChange[] changes =
        [
            new(true, 'o', "Ana"), new(true, 'x', null, IrcModeChangeKind.Unknown), new(true, 'v', "Bob"),
            new(true, 'b', null, IrcModeChangeKind.Query), new(false, 'b', "*!*@x"), new(false, 'l'),
        ];
        Assert.Equal("+ov-bl Ana Bob *!*@x", IrcModeWriter.Format(changes));
        Assert.Equal("", IrcModeWriter.Format([]));
    }

    [Fact]
    public void Every_change_comes_back()
    {
        var change =
            from mode in Gen.Elements("beIklimnpstohv".ToCharArray())
            from isAdding in Gen.Elements(true, false)
            from argument in Gen.Elements("a", "b!c@d", "42")
            select new IrcModeChange(isAdding, mode, "imnpst".Contains(mode) || (mode == 'l' && !isAdding) ? null : argument);
        Prop.ForAll(Arb.From(change.ArrayOf()), changes =>
        {
            var words = IrcModeWriter.Format(changes).Split(' ');
            return IrcModeParser.Parse(words[0], words[1..], Channel).SequenceEqual(changes);
        }).QuickCheckThrowOnFailure();
    }

    private static string Parse(string modes, IrcModeClasses classes)
    {
        Assert.True(IrcMessage.TryParse(Bytes.Of($"MODE target {modes}"), out var message));
        return string.Join(' ', IrcModeParser.Parse(message, 1, classes).Select(change =>
            $"{(change.IsAdding ? '+' : '-')}{change.Mode}" + change.Kind switch
            {
                IrcModeChangeKind.Query => "?",
                IrcModeChangeKind.MissingArgument => "!",
                IrcModeChangeKind.Unknown => "~",
                _ => change.Argument is null ? "" : ":" + change.Argument,
            }));
    }
}
