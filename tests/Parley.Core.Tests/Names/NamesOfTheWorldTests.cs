using System.Text;
using Parley.Core.Names;

namespace Parley.Core.Tests.Names;

/// <summary>Names beyond ASCII: https://www.rfc-editor.org/rfc/rfc8265#section-3.3 and https://www.unicode.org/reports/tr39/.</summary>
public sealed class NamesOfTheWorldTests
{
    [Theory]
    [InlineData("J\u00fcrgen")]
    [InlineData("\u0418\u0432\u0430\u043d")] // Cyrillic
    [InlineData("\u03a3\u03c9\u03ba\u03c1\u03ac\u03c4\u03b7\u03c2")] // Greek
    [InlineData("\u738b\u5c0f\u660e")] // Han
    [InlineData("\u3055\u304f\u3089_\u30cf\u30eb")] // Hiragana and Katakana
    [InlineData("Tanaka\u7530\u4e2d\u3055\u3093")] // what is written together in Japanese
    [InlineData("\uae40\ucca0\uc218")] // Hangul
    [InlineData("\u0928\u092e\u0938\u094d\u0924\u0947")] // Devanagari, with marks
    [InlineData("\u0e2a\u0e21\u0e0a\u0e32\u0e22")] // Thai
    [InlineData("\u0639\u0644\u064a_12")] // Arabic, which a digit may end
    [InlineData("\u05d3\u05e0\u05d9\u05d0\u05dc")] // Hebrew
    [InlineData("\u0645\u0631\u06cc\u0645\u06f7")] // Persian, with a digit of its own
    [InlineData("\U0001e900\U0001e901\U0001e902")] // Adlam, beyond the first plane
    public void A_name_of_letters_marks_and_digits_of_one_script_is_a_name(string text)
    {
        Assert.True(UserName.TryParse(text, out var user));
        Assert.True(RoomName.TryParse(Encoding.UTF8.GetBytes(text), out var room));
        Assert.Equal((text, text, false), (user.Value, room.Value, user.IsAscii));
    }

    [Theory]
    [InlineData("p\u0430ypal", NameFault.Scripts)] // a Cyrillic letter among Latin ones
    [InlineData("\u0418\u0432\u0430\u043dov", NameFault.Scripts)]
    [InlineData("\u03bf\u0441\u03bf", NameFault.Scripts)] // Greek and Cyrillic
    [InlineData("\u0e2a\u0e21\u0e0abob", NameFault.Scripts)]
    [InlineData("1\u0639\u0644\u064a", NameFault.Direction)]
    [InlineData("\u0639\u0644\u064a_", NameFault.Direction)]
    [InlineData("\u0639\u0644\u064a1\u0661", NameFault.Digits)] // digits of Europe and of Arabic
    [InlineData("\u0301bob", NameFault.Marks)]
    [InlineData("b\u0316\u0316ob", NameFault.Marks)] // the same twice
    [InlineData("b\u0316\u0317\u0318\u0319\u031aob", NameFault.Marks)] // five of them
    [InlineData("b\u0130\u0316\u0317\u0318\u0319", NameFault.Marks)] // five of them once folded: the small letter of U+0130 has one of its own
    [InlineData("bob\u200d", NameFault.Form)] // a joiner, which nobody sees
    [InlineData("bo\u00adb", NameFault.Form)] // a soft hyphen
    [InlineData("\u202ebob", NameFault.Form)] // right-to-left override
    [InlineData("\ufb01sh", NameFault.Form)] // a ligature, which has a compatibility decomposition
    [InlineData("\u2160\u2161", NameFault.Form)] // Roman numerals
    [InlineData("bob\u2764", NameFault.Form)] // a symbol
    [InlineData("\U0001f600\U0001f600", NameFault.Form)]
    [InlineData("bob\u3000x", NameFault.Form)] // a wide blank
    [InlineData("bob\ue000", NameFault.Form)] // private use
    [InlineData("\u738b", NameFault.Form)] // one letter
    public void Other_texts_are_none_for_a_reason(string text, NameFault fault)
    {
        Assert.Equal(fault, UserName.FaultOf(text));
        Assert.False(UserName.TryParse(text, out _));
        Assert.False(UserName.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void A_name_has_at_most_20_letters_whatever_their_bytes()
    {
        Assert.True(UserName.TryParse(string.Concat(Enumerable.Repeat("\u738b", 20)), out _));
        Assert.False(UserName.TryParse(string.Concat(Enumerable.Repeat("\u738b", 21)), out _));

        Assert.True(RoomName.TryParse(string.Concat(Enumerable.Repeat("\u738b", 21)), out _));
        Assert.False(RoomName.TryParse(string.Concat(Enumerable.Repeat("\u738b", 22)), out _));
    }

    [Theory]
    [InlineData("\u00d8RSTED", "\u00f8rsted")]
    [InlineData("\u0418\u0412\u0410\u041d", "\u0438\u0432\u0430\u043d")]
    [InlineData("Zoe\u0308", "ZO\u00cb")] // composed or not
    [InlineData("J\u030can", "\u01f0an")] // only the small letter has a composed form
    [InlineData("\uff22\uff4f\uff42", "bob")] // wide letters
    [InlineData("\uff76\uff9e\uff77", "\u30ac\u30ad")] // narrow Katakana, with a mark of its own
    [InlineData("\u212aelvin", "kelvin")] // the Kelvin sign
    [InlineData("\u1112\u1161\u11ab\u1100\u116e\u11a8", "\ud55c\uad6d")] // Hangul, letter by letter
    [InlineData("Stra\u1e9ee", "stra\u00dfe")]
    [InlineData("\U0001e900\U0001e901", "\U0001e922\U0001e923")] // capitals beyond the first plane
    [InlineData("a\u0323\u0301b", "a\u0301\u0323b")] // marks in any order
    public void Names_that_fold_to_the_same_are_the_same(string one, string other)
    {
        Assert.Equal(User(one), User(other));
        Assert.Equal(User(one).Key, User(other).Key);
        Assert.Equal(User(one).GetHashCode(), User(other).GetHashCode());
        Assert.Equal(0, User(one).CompareTo(User(other)));
        Assert.Equal(User(one), User(User(one).Key));
    }

    [Theory]
    [InlineData("Zo\u00eb", "Zoe")]
    [InlineData("stra\u00dfe", "strasse")]
    [InlineData("\u03c3\u03c3", "\u03c3\u03c2")] // the final sigma is a letter of its own to RFC 8265
    [InlineData("\u0131\u0131", "ii")] // and so is the i without a dot
    public void Others_are_not(string one, string other)
    {
        Assert.NotEqual(User(one), User(other));
        Assert.NotEqual(0, User(one).CompareTo(User(other)));
    }

    [Theory]
    [InlineData("paypal", "\u0440\u0430\u0443\u0440\u0430\u04cf")] // wholly of Cyrillic
    [InlineData("\u0391\u039d\u039d\u0391", "ANNA")] // wholly of Greek
    [InlineData("\u043e\u0441\u043e", "oco")]
    [InlineData("\u0131\u0131\u0131", "iii")]
    [InlineData("\u03c3\u03c3", "\u03c3\u03c2")]
    [InlineData("bob|", "bobl")]
    [InlineData("[bob]", "{bob}")] // the same to clients that fold as RFC 1459 did
    [InlineData("bob\\", "bob|")]
    [InlineData("\u4e00\u4e00", "\u30fc\u30fc")] // the number one, and a long vowel
    public void Names_that_look_alike_have_one_skeleton(string one, string other)
    {
        Assert.NotEqual(User(one), User(other));
        Assert.Equal(NameSkeleton.Of(User(one)), NameSkeleton.Of(User(other)));
    }

    [Fact]
    public void A_ban_is_about_a_name_in_any_case()
    {
        Assert.True(Glob.Matches("\u00f8rsted!*@*", "\u00d8RSTED!~x@host"));
        Assert.True(Glob.Matches("*\U0001e900*", "x\U0001e922y"));
        Assert.True(Glob.Matches("?b", "\U0001e900b"));
        Assert.False(Glob.Matches("\u00f8*", "o\u0338"));
        Assert.False(Glob.Matches("k*", "\u212aelvin"));
    }

    private static UserName User(string text) =>
        UserName.TryParse(text, out var name) ? name : throw new ArgumentException($"Not a name: {text}", nameof(text));
}
