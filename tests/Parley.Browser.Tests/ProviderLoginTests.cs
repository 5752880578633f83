using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using Parley.Server.Accounts.Outside;
using Parley.Server.Options;
using Parley.TestKit;
using Parley.TestKit.Identity;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>Log-in from the page at an identity provider, which is a program of the test's own on another port.</summary>
public sealed class ProviderLoginTests(Chromium chromium)
{
    [Fact]
    public async Task Somebody_logs_in_at_the_provider_and_stays_logged_in_over_a_lost_connection_and_a_reload()
    {
        await using var provider = await LocalProvider.StartAsync(TimeProvider.System);
        await using var server = await StartAsync(provider);
        await using var visitor = await ChatPage.OpenAsync(chromium, server);

        await GoToProviderAsync(visitor);
        Assert.Equal("Provider", await visitor.Page.TitleAsync());
        await visitor.Page.ClickAsync("#agree");

        await LoggedInAsync(visitor);
        Assert.Equal(server.Address + "#main", visitor.Page.Url);
        await visitor.SayAsync("hello");
        await visitor.SeeAsync("hello");

        await visitor.Page.ReloadAsync();
        await LoggedInAsync(visitor);

        await server.StopAsync();
        await visitor.IsOfflineAsync();
        await server.StartAsync();
        await LoggedInAsync(visitor);
        visitor.HasNoFaults("WebSocket connection", "ERR_CONNECTION_REFUSED");
    }

    [Fact]
    public async Task Who_cancels_at_the_provider_is_told_and_stays_a_guest()
    {
        await using var provider = await LocalProvider.StartAsync(TimeProvider.System);
        await using var server = await StartAsync(provider);
        await using var visitor = await ChatPage.OpenAsync(chromium, server);

        await GoToProviderAsync(visitor);
        await visitor.Page.ClickAsync("#refuse");

        await Expect(visitor.Page.Locator("body")).ToContainTextAsync("You are not logged in: Example has not let you in");
        await visitor.IsOnlineAsync();
        visitor.HasNoFaults("403");
    }

    [Theory]
    [InlineData("nonce", "another", "The token is of another log-in")]
    [InlineData("aud", "another", "The token is for somebody else")]
    [InlineData("exp", "1700000000", "The token has expired")]
    public async Task A_token_that_does_not_hold_logs_nobody_in(string claim, string value, string words)
    {
        await using var provider = await LocalProvider.StartAsync(TimeProvider.System);
        provider.Change = claims => claims[claim] = long.TryParse(value, out var number) ? JsonValue.Create(number) : JsonValue.Create(value);
        await using var server = await StartAsync(provider);
        await using var visitor = await ChatPage.OpenAsync(chromium, server);

        await GoToProviderAsync(visitor);
        await visitor.Page.ClickAsync("#agree");

        await Expect(visitor.Page.Locator("body")).ToContainTextAsync($"You are not logged in: {words}");
        visitor.HasNoFaults("403");
    }

    [Fact]
    public async Task Where_there_is_no_provider_the_page_offers_none()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var visitor = await ChatPage.OpenAsync(chromium, server);

        await visitor.SayAsync("/login");

        await Expect(visitor.Page.Locator("dialog")).ToContainTextAsync("An account keeps your name for you.");
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Log in with" })).ToHaveCountAsync(0);
        visitor.HasNoFaults();
    }

    private static Task<PageServer> StartAsync(LocalProvider provider) => PageServer.StartNewAsync(options =>
    {
        options.OidcIssuer = provider.Issuer;
        options.OidcClient = LocalProvider.Client;
        options.OidcName = "Example";
        options.OidcTimeout = Safety.Timeout;
        options.OutsideAccounts = OutsideAccountPolicy.Create;
    });

    private static async Task GoToProviderAsync(ChatPage visitor)
    {
        await visitor.SayAsync("/login");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Log in with Example" }).ClickAsync();
        await visitor.Page.WaitForSelectorAsync("#agree");
    }

    private static async Task LoggedInAsync(ChatPage visitor)
    {
        await visitor.IsOnlineAsync();
        await Expect(visitor.Page.Locator("#self-name")).ToHaveTextAsync("Ann");
        await visitor.SayAsync("/login");
        await Expect(visitor.Page.Locator("dialog")).ToContainTextAsync("You are logged in as Ann");
        await visitor.Page.Keyboard.PressAsync("Escape");
    }
}
