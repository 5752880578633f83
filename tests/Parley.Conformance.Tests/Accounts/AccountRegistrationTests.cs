using Parley.Conformance.Tests.Support;
using Parley.Server.Accounts;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>https://ircv3.net/specs/extensions/account-registration</summary>
public sealed class AccountRegistrationTests : AccountTest
{
    private const string Capability = "draft/account-registration";

    [Fact]
    [Quote(Registration, "`before-connect` - if present, indicates the server supports early registration, so it MUST NOT use `FAIL REGISTER COMPLETE_CONNECTION_REQUIRED`")]
    public async Task One_may_register_an_account_before_the_connection()
    {
        var client = await NegotiateAsync(Capability);
        await client.SendAsync("NICK Bob");

        await client.SendAsync("REGISTER * * :battery staple");

        Assert.Equal(["SUCCESS", "Bob"], (await client.ExpectAsync("REGISTER")).Parameters.Take(2));
        Assert.Equal("Bob", (await client.ExpectAsync("900")).Parameters[2]);
    }

    [Fact]
    [Quote(Registration, "Afterward, the client is assumed to be authenticated to the `<account>` as if it used SASL.")]
    public async Task Whoever_has_registered_is_logged_in_and_others_see_it()
    {
        var watcher = await Server.JoinAsync("Watcher", "#room", "account-notify");
        var bob = await Server.JoinAsync("Bob", "#room");
        await watcher.SyncAsync();

        await bob.SendAsync("REGISTER Robert bob@example.org :battery staple");
        await bob.ReadUntilAsync("900");

        Assert.Equal("Robert", (await watcher.ExpectAsync("ACCOUNT")).Text);
    }

    [Fact]
    public async Task The_new_account_can_be_logged_in_to()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.SendAsync("REGISTER * * :battery staple");
        await bob.ReadUntilAsync("900");
        var again = await NegotiateAsync();

        await again.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Bob", "battery staple")}");

        await again.ReadUntilAsync("903");
    }

    [Theory]
    [InlineData("REGISTER ann * :battery staple", "ACCOUNT_EXISTS")]
    [InlineData("REGISTER * * :short", "WEAK_PASSWORD")]
    [InlineData("REGISTER * * :tab\tand more", "UNACCEPTABLE_PASSWORD")]
    [InlineData("REGISTER * nowhere :battery staple", "INVALID_EMAIL")]
    [InlineData("REGISTER b! * :battery staple", "BAD_ACCOUNT_NAME")]
    [InlineData("VERIFY Bob 123456", "INVALID_CODE")]
    [Quote(Registration, "Sent by the server if the password is considered too weak.")]
    [Quote(Registration, "Sent by the server if the password is invalid for any reason other than weakness.")]
    [Quote(Registration, "Sent by the server if the `<code>` in the `VERIFY` command is invalid or expired.")]
    public async Task What_will_not_do_is_refused(string command, string code)
    {
        var bob = await Server.RegisterAsync("Bob");

        await bob.SendAsync(command);

        Assert.Equal(code, (await bob.ExpectAsync("FAIL")).Parameters[1]);
        await bob.ExpectNothingAsync();
    }

    [Fact]
    [Quote(Registration, "Sent by the server if the client sends `REGISTER` before sending a NICK command.")]
    public async Task A_name_has_to_come_first()
    {
        var client = await NegotiateAsync(Capability);

        await client.SendAsync("REGISTER * * :battery staple");

        Assert.Equal(["REGISTER", "NEED_NICK"], (await client.ExpectAsync("FAIL")).Parameters.Take(2));
    }

    [Fact]
    [Quote(Registration, "Sent by the server if the client is already authenticated.")]
    public async Task Whoever_is_logged_in_makes_no_second_account()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.SendAsync("REGISTER * * :battery staple");
        await bob.ReadUntilAsync("900");

        await bob.SendAsync("REGISTER Other * :battery staple");

        Assert.Equal("ALREADY_AUTHENTICATED", (await bob.ExpectAsync("FAIL")).Parameters[1]);

        await bob.SendAsync("VERIFY Bob 123");

        Assert.Equal(["VERIFY", "ALREADY_AUTHENTICATED", "Bob"], (await bob.ExpectAsync("FAIL")).Parameters.Take(3));
    }

    [Fact]
    public async Task Too_few_parameters_are_told()
    {
        var bob = await Server.RegisterAsync("Bob");

        await bob.SendAsync("REGISTER * *");

        Assert.Equal("REGISTER", (await bob.ExpectAsync("461")).Parameters[1]);
    }

    [Fact]
    [Quote(Registration, "Sent by the server if the `REGISTER`/`VERIFY` commands are temporarily unavailable.")]
    public async Task Where_the_operator_makes_the_accounts_nobody_else_does()
    {
        await using var closed = await IrcServer.StartAsync(options => options.Accounts = RegistrationPolicy.Closed);
        var client = await closed.ConnectAsync();
        Assert.DoesNotContain(Capability, (await client.AskAsync("CAP LS 302"))[^1].Text, StringComparison.Ordinal);
        Assert.Equal("NAK", (await client.AskAsync($"CAP REQ :{Capability}"))[^1].Parameters[1]);
        await client.SendAsync("NICK Bob");

        await client.SendAsync("REGISTER * * :battery staple");

        Assert.Equal("TEMPORARILY_UNAVAILABLE", (await client.ExpectAsync("FAIL")).Parameters[1]);
    }
}
