using Parley.Browser.Tests.Support;
using Parley.TestKit;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

public sealed class ReconnectTests(Chromium chromium)
{
    [Fact]
    public async Task After_a_restart_of_the_server_nothing_is_missing_or_double_while_others_talk()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        var name = await ann.NameAsync();
        await ann.SayAsync("before");
        await ann.SeeAsync("before");
        await server.StopAsync();
        await ann.IsOfflineAsync();

        await server.StartAsync();
        await using var cy = await server.EnterLinesAsync("cy");
        string[] missed = [.. Enumerable.Range(0, 250).Select(n => $"number {n}")];
        await cy.SendLinesAsync(missed);
        await cy.ReadUntilAsync("cy: number 249");
        using var enough = new CancellationTokenSource();
        var talking = TalkAsync(cy, enough.Token);
        await ann.IsOnlineAsync();
        await Expect(ann.Page.Locator("#history-state")).Not.ToHaveTextAsync("Loading…");
        await enough.CancelAsync();
        var live = await talking;
        await ann.SayAsync("after");
        await ann.SeeAsync("after");

        var seen = await ann.ScrollUpToAsync("before");
        string[] expected = ["before", .. missed, .. Enumerable.Range(0, live).Select(n => $"live {n}"), "after"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.Equal(name, await ann.NameAsync());
        ann.HasNoFaults("WebSocket connection");
    }

    [Fact]
    public async Task What_is_said_without_a_connection_can_be_said_again()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await server.StopAsync();
        await ann.IsOfflineAsync();

        await ann.SayAsync("is anybody there?");
        await server.StartAsync();
        await ann.IsOnlineAsync();
        await ann.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Send again" }).ClickAsync();

        await Expect(ann.Page.Locator(".is-failed")).ToHaveCountAsync(0);
        await ann.SeeAsync("is anybody there?");
        ann.HasNoFaults("WebSocket connection");
    }

    /// <summary>Says one thing after another, as fast as people might, until it is enough; how many it were.</summary>
    private static async Task<int> TalkAsync(ScriptedClient client, CancellationToken enough)
    {
        var count = 0;
        do
        {
            await client.SendLineAsync($"live {count}");
            await client.ReadUntilAsync($"cy: live {count}");
            count++;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
        while (!enough.IsCancellationRequested);
        return count;
    }
}
