using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>docs/operations/accounts.md: people show to read mail at an address, because accounts need one or because they want one.</summary>
public sealed class EmailTests : MailTest
{
    private const string Notice = ":NickServ!NickServ@parley NOTICE Bob :";
    private const string Wrong = "That code is wrong, used up, or too old: ask for another";

    [Fact]
    public async Task Whoever_registers_with_an_address_proves_it_by_a_code_and_can_recover_then()
    {
        var bob = await Server.RegisterAsync("Bob");
        var answer = await bob.AskAsync("REGISTER * bob@example.org battery-staple");
        Assert.Equal(":parley REGISTER SUCCESS Bob :Account created. A code was sent to bob@example.org: give it back to be able to set another password, should you forget yours", answer[0].Body);
        Assert.False((await BobAsync()).IsEmailProven);

        Assert.Equal([$"{Notice}Your account has the e-mail address bob@example.org"], (await bob.AskAsync($"NS VERIFY {(await Mail.NextAsync()).Code}")).Bodies());

        Assert.True((await BobAsync()).IsEmailProven);
        await bob.AskAsync("NS SENDPASS Bob");
        Assert.Contains("another password for Bob", (await Mail.NextAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_address_counts_when_its_code_has_come_back()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/login Ann", Password, "/account email new@example.org");
        await lena.ReadUntilAsync("A code was sent to new@example.org: your account has that address when you give it back");
        var letter = await Mail.NextAsync();
        Assert.Equal("RCPT TO:<new@example.org>", letter.To);
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("NS SENDPASS Ann");
        var recovery = await Mail.NextAsync();
        Assert.Equal(Address, (await Store.FindAsync(Ann, TestContext.Current.CancellationToken))!.Account.Email);

        await lena.SendLinesAsync("/account verify 0000-0000-0000-0000", $"/account verify {letter.Code}", $"/account verify {letter.Code}");

        await lena.ExpectAsync(Wrong, "Your account has the e-mail address new@example.org", Wrong);

        // The address before is told, and what was sent to it is of no use.
        var moved = await Mail.NextAsync();
        Assert.Equal(($"RCPT TO:<{Address}>", true), (moved.To, moved.Text.Contains("another e-mail address", StringComparison.Ordinal)));
        Assert.Equal([Notice + Wrong], (await bob.AskAsync($"NS RESETPASS Ann {recovery.Code} battery-staple")).Bodies());
        Assert.Equal("new@example.org", (await Store.FindAsync(Ann, TestContext.Current.CancellationToken))!.Account.Email);
    }

    [Fact]
    public async Task A_code_for_an_address_is_of_no_use_to_others_nor_for_a_password()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("REGISTER * bob@example.org battery-staple");
        var code = (await Mail.NextAsync()).Code;
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/login Ann", Password, $"/account verify {code}");
        await lena.ReadUntilAsync(Wrong);

        Assert.Equal([Notice + Wrong], (await bob.AskAsync($"NS RESETPASS Bob {code} another-password")).Bodies());
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("a b@example.org")]
    [InlineData("<ann@example.org>")]
    [InlineData("ann@example.org,eve@example.org")]
    [InlineData("ann@")]
    public async Task What_is_no_address_is_told(string address)
    {
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/login Ann", Password, $"/account email {address}", "/account devices");
        await lena.ReadUntilAsync("Lena is now Ann");

        await lena.ReadUntilAsync("Nothing stays logged in to your account");
        Assert.True(Mail.IsEmpty);
    }

    [Fact]
    public async Task A_letter_that_the_mail_server_does_not_take_is_told_and_changes_nothing()
    {
        Mail.AnswerToReader = "550 nobody of that name";
        var bob = await Server.RegisterAsync("Bob");

        var answer = await bob.AskAsync("REGISTER * bob@example.org battery-staple");

        Assert.EndsWith("The e-mail could not be sent, and nothing has changed: check the address, or try again later", answer[0].Text, StringComparison.Ordinal);
        Assert.Contains(Server.Log.Entries, entry => entry.Id == 707);
    }

    [Fact]
    public async Task One_reader_is_sent_so_many_letters_an_hour_whoever_asks()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/login Ann", Password);
        await lena.ReadUntilAsync("Lena is now Ann");
        for (var letter = 0; letter < 5; letter++)
        {
            await lena.SendLineAsync("/account email Victim@example.org");
            await lena.ReadUntilContainsAsync("A code was sent");
        }

        await lena.SendLineAsync("/account email victim@example.org");

        await lena.ExpectAsync("Too many e-mails were asked for (at most 5 e-mails an hour), try again later");
    }

    private async Task<Core.Accounts.Account> BobAsync()
        => Assert.Single(await Store.ListAsync(TestContext.Current.CancellationToken), account => account.Name.Value == "Bob");
}
