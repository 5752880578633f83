using Parley.Conformance.Tests.Accounts;
using Parley.Conformance.Tests.Support;
using Parley.Server.Accounts;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Users;

/// <summary>https://ircv3.net/specs/extensions/whox; Ann has an account.</summary>
public sealed class WhoxTests : AccountTest
{
    // Ann is a guest in most of them.
    private protected override NamePolicy Names => NamePolicy.Open;

    private const string Whox = "https://ircv3.net/specs/extensions/whox";

    [Theory]
    [InlineData("%t,42", "42")]
    [InlineData("%c", "#room")]
    [InlineData("%u", "~ann")]
    [InlineData("%h", "localhost")]
    [InlineData("%s", "parley")]
    [InlineData("%n", "Ann")]
    [InlineData("%f", "H@")]
    [InlineData("%d", "0")]
    [InlineData("%l", "60")]
    [InlineData("%a", "Ann")]
    [InlineData("%o", "n/a")]
    [InlineData("%r", ":Real Ann")]
    [InlineData("%i", "255.255.255.255")]
    [Quote(Whox, "Exactly the fields requested by the client MUST be returned by the server.")]
    [Quote(Whox, "`255.255.255.255` is used for `[ip]` when the server refuses to disclose the IP address")]
    public async Task Each_field_is_what_it_says(string fields, string value)
    {
        await EnterWithAccountAsync();
        var bob = await Server.JoinAsync("Bob");
        Server.Time.Advance(TimeSpan.FromSeconds(60));

        var lines = await bob.AskAsync($"WHO Ann {fields}");

        Assert.Equal([$":parley 354 Bob {value}", ":parley 315 Bob Ann :End of WHO list"], lines.Bodies());
    }

    [Theory]
    [InlineData("%tcuihsnfdlaor,1")]
    [InlineData("%roaldfnshiuct,1")]
    [Quote(Whox, "Servers MUST NOT rely on the ordering of the fields.")]
    [Quote(Whox, "Servers MUST send the fields in the order specified above.")]
    public async Task Fields_come_in_one_order_whatever_the_order_of_the_question(string fields)
    {
        await EnterWithAccountAsync();
        var bob = await Server.JoinAsync("Bob");

        Assert.Equal(
            ":parley 354 Bob 1 #room ~ann 255.255.255.255 localhost parley Ann H@ 0 0 Ann n/a :Real Ann",
            (await bob.AskAsync($"WHO Ann {fields}"))[0].Body);
    }

    [Fact]
    public async Task One_is_shown_ones_own_address()
    {
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 354 Bob 127.0.0.1 Bob"], (await bob.AskAsync("WHO Bob %in")).Of("354").Bodies());
    }

    [Fact]
    [Quote(Whox, "`0` is used for `[account]` when the user is logged out")]
    [Quote(Whox, "`*` is used for `[channel]` when no channel is returned")]
    public async Task What_there_is_not_has_a_placeholder()
    {
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 354 Bob * Bob 0"], (await bob.AskAsync("WHO Bob %can")).Of("354").Bodies());
    }

    [Fact]
    [Quote(Whox, "Servers MUST ignore any non-standard field they don't support.")]
    public async Task Unknown_fields_are_left_out()
    {
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 354 Bob Bob"], (await bob.AskAsync("WHO Bob %xznZ9")).Of("354").Bodies());
    }

    [Theory]
    [InlineData("%tn,7", "7")]
    [InlineData("%tn,123", "123")]
    [InlineData("%tn,1234", "0")]
    [InlineData("%tn,abc", "0")]
    [InlineData("%tn", "0")]
    [Quote(Whox, "The token MUST contain only digit characters and MUST contain at most 3 characters.")]
    public async Task A_token_is_one_to_three_digits(string fields, string token)
    {
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([$":parley 354 Bob {token} Bob"], (await bob.AskAsync($"WHO Bob {fields}")).Of("354").Bodies());
    }

    [Fact]
    [Quote(Whox, "The server will reply with zero, one or more `RPL_WHOSPCRPL` replies, followed by a final `RPL_ENDOFWHO` reply. Servers MUST NOT send `RPL_WHOREPLY` replies.")]
    public async Task A_room_is_listed_in_the_new_form_alone()
    {
        await Server.JoinAllAsync("#room", ("Ann", ""), ("Cid", ""));
        var bob = await Server.JoinAsync("Bob");

        var lines = await bob.AskAsync("WHO #room %nf");

        Assert.Equal(["Ann H@", "Bob H", "Cid H"], lines.Of("354").Select(line => $"{line.Parameters[1]} {line.Parameters[2]}").Order());
        Assert.Equal("#room", lines[^1].Parameters[1]);
        Assert.Empty(lines.Of("352"));
    }

    [Fact]
    public async Task Flags_go_before_the_fields()
    {
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 315 Bob * :End of WHO list"], (await bob.AskAsync("WHO * o%n")).Bodies());
        Assert.Equal(["354", "315"], (await bob.AskAsync("WHO Bob %no")).Commands());
    }

    private async Task EnterWithAccountAsync()
    {
        var ann = await NegotiateAsync();
        await ann.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("ann", Password)}", "NICK Ann", "USER ann 0 * :Real Ann", "CAP END");
        await ann.ReadUntilAsync("422");
        await ann.AskAsync("JOIN #room");
    }
}
