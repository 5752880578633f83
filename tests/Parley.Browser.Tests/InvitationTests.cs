using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using Parley.Core.Accounts;
using Parley.Server.Options;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>Invitations to make an account, as operators of the server make them on the page.</summary>
public sealed class InvitationTests(Chromium chromium)
{
    [Fact]
    public async Task An_operator_of_the_server_makes_a_link_by_which_somebody_makes_an_account_and_revokes_it()
    {
        var folder = Directory.CreateTempSubdirectory("parley-invitations-");
        try
        {
            var operators = Path.Combine(folder.FullName, "operators");
            await File.WriteAllTextAsync(
                operators, $"root {PasswordVerifier.Create("correct horse", PasswordVerifier.MinIterations)}\n", TestContext.Current.CancellationToken);
            await using var server = await PageServer.StartNewAsync(options => (options.Operators, options.Accounts) = (operators, RegistrationPolicy.Closed));
            await using var ann = await ChatPage.OpenAsync(chromium, server);
            await ann.Page.Locator("#settings-open").ClickAsync();
            var dialog = ann.Page.GetByRole(AriaRole.Dialog);
            await Expect(dialog).ToBeVisibleAsync();
            await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Invitations" })).ToHaveCountAsync(0);
            await ann.Page.Keyboard.PressAsync("Escape");
            await Expect(dialog).ToHaveCountAsync(0);
            await ann.SayAsync("/quote OPER root :correct horse");
            await Expect(ann.Page.Locator("#messages")).ToContainTextAsync("You are now an operator of this server");

            await ann.Page.Locator("#settings-open").ClickAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Invitations" }).ClickAsync();
            await Expect(dialog.Locator("li")).ToHaveTextAsync("There are no invitations");
            await dialog.Locator("input[name=uses]").FillAsync("2");
            await dialog.Locator("input[name=note]").FillAsync("for the choir");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Make an invitation" }).ClickAsync();
            await Expect(dialog.Locator("li")).ToContainTextAsync("2 left, 0 used");
            await Expect(dialog.Locator("li")).ToContainTextAsync("for the choir");
            var link = await dialog.Locator("input[name=link]").InputValueAsync();
            Assert.StartsWith($"{server.Address}#invite=", link, StringComparison.Ordinal);

            await using var bob = await ChatPage.NewAsync(chromium);
            var wire = await Wire.OfAsync(bob);
            await wire.CutAsync();
            await bob.Page.GotoAsync(link);
            var account = bob.Page.GetByRole(AriaRole.Dialog);
            await Expect(account.GetByLabel("Account")).ToHaveValueAsync("");

            // Whom the page does not know yet it names as soon as the server does.
            wire.Mend();
            await bob.IsOnlineAsync();
            await Expect(account.GetByLabel("Account")).ToHaveValueAsync(await bob.NameAsync());
            await account.GetByLabel("Password").FillAsync("battery staple horse");
            await account.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
            await Expect(account).ToHaveCountAsync(0);
            await Expect(bob.Page.Locator("#members .verified")).ToHaveCountAsync(1);

            await ann.Page.Keyboard.PressAsync("Escape");
            await Expect(dialog).ToHaveCountAsync(0);
            await ann.Page.Locator("#settings-open").ClickAsync();
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Invitations" }).ClickAsync();
            await Expect(dialog.Locator("li")).ToContainTextAsync("1 left, 1 used");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove 1" }).ClickAsync();
            await Expect(dialog.Locator("li")).ToHaveTextAsync("There are no invitations");
            ann.HasNoFaults();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
