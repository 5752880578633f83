using System.Text;
using Parley.Core.Names;

namespace Parley.Core.Tests.Names;

public sealed class NameValidityTests
{
    public static TheoryData<string> Valid => new()
    {
        "ab",
        "Bob",
        "AwesomeVulture",
        "0123456789",
        "a-b_c",
        "--",
        "__",
        "AZaz09-_",
        new string('x', 20),
    };

    public static TheoryData<string> Invalid => new()
    {
        "",
        "a",
        new string('x', 65),
        new string('x', 400),
        " ",
        "a b",
        " ab",
        "ab ",
        "a\tb",
        "ab\n",
        "ab\r",
        "a\0b",
        "..",
        "a,b",
        "a!b",
        "a*b",
        "a?b",
        "a~b",
        "a&b",
        "a%b",
        "+\"\"",
        "a:b",
        "#main",
        "@bob",
        "/help",
        "a\u007Fb",
        "\U0001F600\U0001F600",
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void Two_to_twenty_allowed_characters_name_a_user(string text)
    {
        Assert.True(UserName.TryParse(text, out var fromString));
        Assert.True(UserName.TryParse(text.AsSpan(), out var fromChars));
        Assert.True(UserName.TryParse(Encoding.UTF8.GetBytes(text), out var fromBytes));
        Assert.All([fromString, fromChars, fromBytes], name => Assert.Equal(text, name.Value));
        Assert.All([fromString, fromChars, fromBytes], name => Assert.False(name.IsEmpty));
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void Two_to_twenty_allowed_characters_name_a_room(string text)
    {
        Assert.True(RoomName.TryParse(text, out var fromString));
        Assert.True(RoomName.TryParse(text.AsSpan(), out var fromChars));
        Assert.True(RoomName.TryParse(Encoding.UTF8.GetBytes(text), out var fromBytes));
        Assert.All([fromString, fromChars, fromBytes], name => Assert.Equal(text, name.Value));
        Assert.All([fromString, fromChars, fromBytes], name => Assert.False(name.IsEmpty));
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Anything_else_names_no_user(string text)
    {
        Assert.False(UserName.TryParse(text, out var fromString));
        Assert.False(UserName.TryParse(text.AsSpan(), out var fromChars));
        Assert.False(UserName.TryParse(Encoding.UTF8.GetBytes(text), out var fromBytes));
        Assert.All([fromString, fromChars, fromBytes], name => Assert.True(name.IsEmpty));
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Anything_else_names_no_room(string text)
    {
        Assert.False(RoomName.TryParse(text, out var fromString));
        Assert.False(RoomName.TryParse(text.AsSpan(), out var fromChars));
        Assert.False(RoomName.TryParse(Encoding.UTF8.GetBytes(text), out var fromBytes));
        Assert.All([fromString, fromChars, fromBytes], name => Assert.True(name.IsEmpty));
    }

    [Theory]
    [InlineData("[bob]")]
    [InlineData("{bob}")]
    [InlineData("bob`")]
    [InlineData("bob^")]
    [InlineData("bob|work")]
    [InlineData("bob\\")]
    public void Users_have_the_characters_that_nicks_on_IRC_have(string text)
    {
        Assert.True(UserName.TryParse(text, out _));
        Assert.False(RoomName.TryParse(text, out _));
    }

    [Theory]
    [InlineData("c++")]
    [InlineData("node.js")]
    [InlineData(".net")]
    [InlineData("A_room_whose_name_has_exactly_as_many_bytes_as_it_may-64-bytes_x")]
    public void Rooms_have_dots_and_plus_signs_and_up_to_64_bytes(string text)
    {
        Assert.True(RoomName.TryParse(text, out _));
        Assert.False(UserName.TryParse(text, out _));
    }

    [Fact]
    public void A_users_name_has_no_more_than_20_letters() => Assert.False(UserName.TryParse(new string('x', 21), out _));

    [Fact]
    public void Exactly_72_values_of_ASCII_are_allowed_and_the_characters_agree()
    {
        var allowed = 0;
        for (var value = 0; value < 0x80; value++)
        {
            var asByte = UserName.TryParse([(byte)'x', (byte)value], out _);
            var asChar = UserName.TryParse(['x', (char)value], out _);
            Assert.Equal(asByte, asChar);
            allowed += asByte ? 1 : 0;
        }

        Assert.Equal(26 + 26 + 10 + "-_[]\\^{}|`".Length, allowed);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_no_name()
    {
        Assert.False(UserName.TryParse([(byte)'b', 0xFF, (byte)'b'], out _));
        Assert.False(RoomName.TryParse([(byte)'b', 0xC3], out _));
    }

    [Fact]
    public void No_string_is_no_name()
    {
        Assert.False(UserName.TryParse((string?)null, out _));
        Assert.False(RoomName.TryParse((string?)null, out _));
    }

    [Fact]
    public void A_default_name_is_empty_and_has_no_null_in_it()
    {
        Assert.True(default(UserName).IsEmpty);
        Assert.True(default(RoomName).IsEmpty);
        Assert.Equal("", default(UserName).Value);
        Assert.Equal("", default(RoomName).ToString());
    }
}
