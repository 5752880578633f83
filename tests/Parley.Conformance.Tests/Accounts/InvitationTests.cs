using Parley.Conformance.Tests.Support;
using Parley.Conformance.Tests.Users;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>docs/operations/accounts.md: an invitation opens registration where that is closed.</summary>
public sealed class InvitationTests : OperatorTest
{
    private const string Refused = "That invitation is none, used up, or over: ask for another";

    [Fact]
    public async Task Whoever_has_an_invitation_makes_an_account_as_often_as_it_says()
    {
        var code = await InviteAsync("INVITE 2 2d the choir");

        var bob = await Server.RegisterAsync("Bob");
        Assert.Equal("SUCCESS", (await bob.AskAsync($"REGISTER * * battery-staple {code}"))[0].Parameters[0]);
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync($"/account make Lena {code.ToLowerInvariant()}", "battery staple");
        await lena.ReadUntilAsync("Lena is your account now");

        var eve = await Server.RegisterAsync("Eve");
        Assert.Equal(["REGISTER", "INVALID_INVITATION"], Assert.Single(await eve.AskAsync($"REGISTER * * battery-staple {code}")).Parameters.Take(2));
        Assert.Equal(Refused, Assert.Single(await eve.AskAsync($"NS REGISTER battery-staple {code}")).Text);
    }

    [Theory]
    [InlineData("{0}", null)]
    [InlineData("bob@example.org,{0}", "bob@example.org")]
    [InlineData("{0},bob@example.org", "bob@example.org")]
    public async Task A_password_with_spaces_has_the_invitation_with_the_address(string second, string? email)
    {
        var code = await InviteAsync("INVITE");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal("SUCCESS", (await bob.AskAsync($"REGISTER * {string.Format(System.Globalization.CultureInfo.InvariantCulture, second, code)} :correct horse battery"))[0].Parameters[0]);

        Assert.Equal(email, (await Server.AccountAsync("Bob")).Email);
    }

    [Fact]
    public async Task Without_one_nobody_does()
    {
        var eve = await Server.RegisterAsync("Eve");

        Assert.Equal("TEMPORARILY_UNAVAILABLE", Assert.Single(await eve.AskAsync("REGISTER * * battery-staple")).Parameters[1]);
        Assert.Equal("INVALID_INVITATION", Assert.Single(await eve.AskAsync("REGISTER * * battery-staple 0000-0000-0000-0000")).Parameters[1]);
    }

    [Fact]
    public async Task An_account_that_is_not_made_uses_nothing_up()
    {
        var code = await InviteAsync("INVITE");
        var eve = await Server.RegisterAsync("Eve");
        await eve.AskAsync($"REGISTER * * short {code}");
        await eve.AskAsync($"REGISTER NickServ * battery-staple {code}");

        Assert.Equal("SUCCESS", (await eve.AskAsync($"REGISTER * * battery-staple {code}"))[0].Parameters[0]);
    }

    [Fact]
    public async Task An_invitation_ends_with_its_time()
    {
        var code = await InviteAsync("INVITE 5 1h");
        Server.Time.Advance(TimeSpan.FromHours(1));

        var eve = await Server.RegisterAsync("Eve");
        Assert.Equal("INVALID_INVITATION", Assert.Single(await eve.AskAsync($"REGISTER * * battery-staple {code}")).Parameters[1]);
    }

    [Fact]
    public async Task A_clock_that_is_wrong_for_a_while_ends_no_invitation_for_good()
    {
        var root = await RaiseAsync(await Server.RegisterAsync("Root"));
        var code = CodeIn((await root.AskAsync("NS INVITE 5 1h"))[0].Text!);
        var now = Server.Time.GetUtcNow();
        Server.Time.SetUtcNow(now.AddDays(40));
        Assert.Equal("There are no invitations", Assert.Single(await root.AskAsync("NS INVITES")).Text);
        await root.AskAsync("NS INVITE 5 1h");
        Server.Time.SetUtcNow(now);

        var eve = await Server.RegisterAsync("Eve");
        Assert.Equal("SUCCESS", (await eve.AskAsync($"REGISTER * * battery-staple {code}"))[0].Parameters[0]);
    }

    [Fact]
    public async Task Operators_list_and_revoke_invitations_and_the_audit_has_it()
    {
        var root = await RaiseAsync(await Server.RegisterAsync("Root"));
        var code = CodeIn((await root.AskAsync("NS INVITE 3 forever for Ann"))[0].Text!);
        var number = CodeNumber((await root.AskAsync("NS INVITES"))[0].Text!);
        Assert.Equal($"{number}  3 left, 0 used, forever, by Root: for Ann", (await root.AskAsync("NS INVITES"))[0].Text);

        Assert.Equal($"Invitation {number} is revoked", Assert.Single(await root.AskAsync($"NS UNINVITE {number}")).Text);

        Assert.Equal($"There is no invitation {number}", Assert.Single(await root.AskAsync($"NS UNINVITE {number}")).Text);
        Assert.Equal("There are no invitations", Assert.Single(await root.AskAsync("NS INVITES")).Text);
        var eve = await Server.RegisterAsync("Eve");
        Assert.Equal("INVALID_INVITATION", Assert.Single(await eve.AskAsync($"REGISTER * * battery-staple {code}")).Parameters[1]);
        var audit = (await root.AskAsync("AUDIT")).Select(line => line.Text![(line.Text!.IndexOf("UTC", StringComparison.Ordinal) + 4)..]);
        Assert.Contains($"Root: invite {number} - 3 x, forever: for Ann", audit);
        Assert.Contains($"Root: uninvite {number}", audit);
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("INVITES")]
    [InlineData("UNINVITE 1")]
    public async Task Nobody_else_does(string command)
    {
        var eve = await Server.RegisterAsync("Eve");

        Assert.Equal($"There is no command {command.Split(' ')[0]}: /msg NickServ HELP says which there are", Assert.Single(await eve.AskAsync($"NS {command}")).Text);
    }

    [Fact]
    public async Task An_invitation_for_nobody_or_too_many_is_refused()
    {
        var root = await RaiseAsync(await Server.RegisterAsync("Root"));

        Assert.Equal("An invitation is good for 1 to 1000 accounts", Assert.Single(await root.AskAsync("NS INVITE 0")).Text);
        Assert.Equal("An invitation is good for 1 to 1000 accounts", Assert.Single(await root.AskAsync("NS INVITE 1001")).Text);
    }

    [Fact]
    public async Task There_are_so_many_invitations_at_a_time()
    {
        var root = await RaiseAsync(await Server.RegisterAsync("Root"));
        await root.AskAsync("NS INVITE");
        await root.AskAsync("NS INVITE");
        await root.AskAsync("NS INVITE");

        Assert.Equal("There are as many invitations as may be (3): revoke some first", Assert.Single(await root.AskAsync("NS INVITE")).Text);
    }

    private protected override void Configure(ParleyOptions options)
    {
        base.Configure(options);
        options.Accounts = RegistrationPolicy.Closed;
        options.Invitations = 3;
        options.WebUrl = "https://chat.example.org";
    }

    private async Task<string> InviteAsync(string command)
    {
        var root = await RaiseAsync(await Server.RegisterAsync("Root"));
        var answer = (await root.AskAsync($"NS {command}"))[0].Text!;
        Assert.Contains(", shown this once: https://chat.example.org/#invite=", answer, StringComparison.Ordinal);
        return CodeIn(answer);
    }

    private static string CodeIn(string answer) => answer[(answer.IndexOf('=', StringComparison.Ordinal) + 1)..];

    private static string CodeNumber(string line) => line.Split(' ')[0];
}
