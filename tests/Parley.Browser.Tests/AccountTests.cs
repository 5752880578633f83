using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using Parley.Core.Accounts;
using Parley.Server.Accounts;
using Parley.Server.Options;
using Parley.Storage.Sqlite;
using static Microsoft.Playwright.Assertions;
using static Parley.Browser.Tests.Support.AccountDialog;

namespace Parley.Browser.Tests;

/// <summary>Accounts on the page: what stays logged in, passkeys, and invitations.</summary>
public sealed class AccountTests(Chromium chromium)
{
    [Fact]
    public async Task Somebody_adds_a_passkey_stays_logged_in_logs_out_and_comes_back_by_the_passkey_until_it_is_removed()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium);
        await ann.Page.GotoAsync($"http://localhost:{server.Address.Port}/");
        await ann.IsOnlineAsync();
        await AddAuthenticatorAsync(ann);
        var name = await ann.NameAsync();
        var dialog = await OpenAsync(ann);
        await dialog.GetByLabel("Password").FillAsync("correct horse battery");

        // Pressed again while the server works, it is done once.
        await Button(dialog, "Create account").DblClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(ann.Page.Locator($"#members [data-nick='{name}'] .verified")).ToHaveCountAsync(1);
        await Expect(ann.Page.Locator(".row-error")).ToHaveCountAsync(0);

        await OpenAsync(ann);
        await Expect(dialog).ToContainTextAsync($"You are logged in as {name}");
        await Expect(dialog).ToContainTextAsync("this device");
        await Button(dialog, "Add a passkey").ClickAsync();
        await dialog.GetByLabel("Current password").FillAsync("wrong horse battery");
        await Button(dialog, "Add a passkey").ClickAsync();
        await Expect(dialog).ToContainTextAsync("The name or the password is wrong");
        await dialog.GetByLabel("Current password").FillAsync("correct horse battery");
        await Button(dialog, "Add a passkey").ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = "Passkeys" })).ToHaveCountAsync(1);

        await ann.Page.ReloadAsync();
        await ann.IsOnlineAsync();
        await OpenAsync(ann);
        await Expect(dialog).ToContainTextAsync($"You are logged in as {name}");
        await LogOutAsync(ann, dialog);

        await OpenAsync(ann);
        await Button(dialog, "Use a passkey").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(ann.Page.Locator("#self-name")).ToHaveTextAsync(name);

        await OpenAsync(ann);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = "Passkeys" })).ToHaveCountAsync(0);
        await LogOutAsync(ann, dialog);
        await OpenAsync(ann);
        await Button(dialog, "Use a passkey").ClickAsync();
        await Expect(dialog).ToContainTextAsync("That passkey is none of an account here");
        ann.HasNoFaults("403");
    }

    [Fact]
    public async Task Another_password_leaves_this_browser_logged_in_in_all_its_tabs_and_no_other()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.NewAsync(chromium);
        await ann.Page.GotoAsync(server.Address.ToString());
        await ann.IsOnlineAsync();
        var name = await ann.NameAsync();
        await RegisterAsync(ann);
        var dialog = ann.Page.Locator("dialog");
        var tab = await ann.Page.Context.NewPageAsync();
        await tab.GotoAsync(server.Address.ToString());
        await Expect(tab.Locator("#self-name")).ToHaveTextAsync(name);
        await using var other = await ChatPage.NewAsync(chromium);
        await other.Page.GotoAsync(server.Address.ToString());
        await other.IsOnlineAsync();
        var login = await OpenAsync(other);
        await login.GetByLabel("Account").FillAsync(name);
        await login.GetByLabel("Password").FillAsync("correct horse battery");
        await Button(login, "Log in").ClickAsync();
        await Expect(login).ToHaveCountAsync(0);

        await OpenAsync(ann);
        await Button(dialog, "Change the password").ClickAsync();
        await dialog.GetByLabel("Current password").FillAsync("correct horse battery");
        await dialog.GetByLabel("New password").FillAsync("battery staple horse");
        await Button(dialog, "Set the password").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);

        await Expect(other.Page.Locator("body")).ToContainTextAsync("You are not logged in");
        foreach (var page in (IPage[])[ann.Page, tab])
        {
            await page.ReloadAsync();
            await Expect(page.Locator("#self-name")).ToHaveTextAsync(name);
            await Expect(page.Locator($"#members [data-nick='{name}'] .verified")).ToHaveCountAsync(1);
        }
    }

    [Fact]
    public async Task Whoever_has_an_invitation_makes_an_account_on_a_server_that_lets_nobody_else_in()
    {
        await using var server = await PageServer.StartNewAsync(options =>
        {
            options.RequireAccount = true;
            options.Accounts = RegistrationPolicy.Closed;
        });
        const string Code = "K7QD-93XM-ZT4R-0HWN";
        await using (var store = SqliteAccountStore.OpenBesideServer(server.Folder, create: false))
        {
            await ((IInvitationStore)store).AddAsync(
                new ServerInvitation(SecretCode.HashOf(Code), "root", DateTimeOffset.UtcNow, Uses: 1), TestContext.Current.CancellationToken);
        }

        await using var stranger = await ChatPage.NewAsync(chromium);
        await stranger.Page.GotoAsync(server.Address.ToString());
        await Expect(stranger.Page.Locator("dialog")).ToContainTextAsync("This server is for people with an account.");
        await Expect(Button(stranger.Page.Locator("dialog"), "Create account")).ToHaveCountAsync(0);
        await using var ann = await ChatPage.NewAsync(chromium);
        await ann.Page.GotoAsync($"{server.Address}#invite={Code}");
        var dialog = ann.Page.Locator("dialog");
        await Expect(dialog.GetByLabel("Invitation")).ToHaveValueAsync(Code);
        await dialog.GetByLabel("Account").FillAsync("Ann");
        await dialog.GetByLabel("Password").FillAsync("correct horse battery");
        await Button(dialog, "Create account").ClickAsync();

        await ann.IsOnlineAsync();
        await Expect(ann.Page.Locator("#self-name")).ToHaveTextAsync("Ann");
        await Expect(dialog).ToHaveCountAsync(0);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Whoever_logs_out_leaves_nothing_to_the_next_at_the_same_browser()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        var name = await ann.NameAsync();
        await RegisterAsync(ann);
        await ann.SayAsync("/join #hush");
        await Expect(ann.Room).ToHaveTextAsync("#hush");
        await ann.SayAsync("for us alone");
        await ann.SeeAsync("for us alone");
        await ann.Page.WaitForFunctionAsync("() => localStorage.getItem('parley kept #hush') !== null");
        await ann.Page.EvaluateAsync("localStorage.setItem('parley draft #hush', 'half a letter')");
        await LogOutAsync(ann, await OpenAsync(ann));

        Assert.Equal("[]", await KeptAsync(ann));
        await Expect(ann.Room).ToHaveTextAsync("#main");
        await Expect(ann.Input).ToHaveValueAsync("");
        Assert.NotEqual(name, await ann.NameAsync());
        ann.HasNoFaults();
    }

    [Fact]
    public async Task The_browser_in_which_an_account_was_made_is_logged_out_from_elsewhere_and_keeps_nothing()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        var name = await ann.NameAsync();
        await RegisterAsync(ann);
        await ann.SayAsync("for us alone");
        await ann.Page.WaitForFunctionAsync("() => localStorage.getItem('parley kept #main') !== null");
        using var http = new HttpClient { BaseAddress = server.Address };
        var phone = await AskAsync("login", new { account = name, password = "correct horse battery" });
        http.DefaultRequestHeaders.Authorization = new("Bearer", (string)phone["token"]!);
        var device = (await AskAsync("devices", new { }))["devices"]!.AsArray().Single(each => !(bool)each!["isThis"]!)!;

        await AskAsync("logout", new { device = (long)device["device"]! });

        await Expect(ann.Page.Locator("body")).ToContainTextAsync("You are not logged in");
        await ann.Page.WaitForFunctionAsync("() => localStorage.getItem('parley-login') === null");
        await ann.Page.ReloadAsync();
        await ann.IsOnlineAsync();
        Assert.Equal("[]", await KeptAsync(ann));
        await Expect(ann.Page.Locator("#members .verified")).ToHaveCountAsync(0);

        async Task<JsonNode> AskAsync(string step, object call)
        {
            using var answer = await http.PostAsJsonAsync($"account/{step}", call, TestContext.Current.CancellationToken);
            return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        }
    }

    /// <summary>The keys under which the page keeps messages and drafts.</summary>
    private static Task<string> KeptAsync(ChatPage page) => page.Page.EvaluateAsync<string>("JSON.stringify(Object.keys(localStorage).filter(key => key.startsWith('parley ')))");

    private static async Task AddAuthenticatorAsync(ChatPage page)
    {
        var session = await page.Page.Context.NewCDPSessionAsync(page.Page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
