using Parley.Core.Accounts;
using Parley.Core.Broker.Rooms;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Rooms;
using Parley.Core.Tokens;
using Parley.Storage.Sqlite.Tokens;

namespace Parley.Storage.Sqlite.Tests.Upgrade;

/// <summary>What becomes of the data of an earlier Parley: see Data/README.md for what is in it.</summary>
public sealed class UpgradeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public UpgradeTests()
    {
        foreach (var file in new[] { "accounts.db", "history.db", "tokens.db" })
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Upgrade", "Data", file), Path.Combine(_directory.Path, file));
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Accounts_keep_name_password_certificate_and_values_and_get_numbers_that_stay()
    {
        AccountId[] first;
        await using (var accounts = SqliteAccountStore.Open(_directory.Path))
        {
            var all = await accounts.ListAsync(Token);
            Assert.Equal(["Ann", "Bob", "gil38", "Zoe"], all.Select(account => account.Name.Value));
            first = [.. all.Select(account => account.Id)];
            Assert.Equal(4, first.Distinct().Count());
            Assert.DoesNotContain(first, id => id.Value <= 0);
            Assert.True((await accounts.FindAsync(Messages.User("Ann"), Token))!.Password.Matches("correct horse Ann"));
            Assert.True((await accounts.FindAsync(Messages.User("gil38"), Token))!.Password.Matches("another horse"));
            Assert.Equal("gil38", (await accounts.FindLookAlikeAsync(Messages.User("giI38"), Token))?.Name.Value);
            Assert.True(CertificateFingerprint.TryParse(string.Concat(Enumerable.Repeat("ab", 32)), out var certificate));
            Assert.Equal("Ann", (await accounts.FindByCertificateAsync(certificate, Token))?.Name.Value);
            Assert.Equal("2026-01-02T03:04:05.678Z", await accounts.GetValueAsync(first[0], "marker", "#main", Token));
        }

        await using var again = SqliteAccountStore.Open(_directory.Path);
        Assert.Equal(first, (await again.ListAsync(Token)).Select(account => account.Id));
    }

    [Fact]
    public async Task Rooms_can_be_registered_by_the_accounts_of_before()
    {
        await using var accounts = SqliteAccountStore.Open(_directory.Path);
        var ann = (await accounts.FindAsync(Messages.User("Ann"), Token))!.Account.Proven;
        using (var rooms = SqliteRoomRegistry.Open(_directory.Path))
        {
            Assert.Empty(rooms.Load());
            rooms.Save(new RegisteredRoom(Messages.Room("main"), RoomLife.Begin(), DateTimeOffset.UnixEpoch, new RoomRegistration(ann, DateTimeOffset.UnixEpoch)));
        }

        using var again = SqliteRoomRegistry.Open(_directory.Path);
        Assert.Equal(ann, Assert.Single(again.Load()).Registration.Founder);
    }

    [Fact]
    public async Task Direct_messages_stay_with_the_account_that_they_name_and_what_was_said_in_rooms_stays_as_it_was()
    {
        await using var accounts = SqliteAccountStore.Open(_directory.Path);
        await using var history = SqliteHistoryStore.Open(_directory.Path, new());
        var (ann, bob) = (await ReaderAsync(accounts, "Ann"), await ReaderAsync(accounts, "Bob"));

        Assert.Equal(["to Bob under another nick", "answer of Bob"], await DirectsAsync(history, ann, "Bobby"));
        Assert.Equal(["to Bob under another nick", "answer of Bob"], await DirectsAsync(history, bob, "Ann"));
        Assert.Equal(["to a guest", "from a guest"], await DirectsAsync(history, ann, "Guest1"));
        Assert.Equal(["guest to Bob"], await DirectsAsync(history, bob, "Guest1"));
        Assert.Equal(["secret of the first gil38", "secret to the first gil38"], await DirectsAsync(history, bob, "gil38"));
        Assert.Equal(
            ["Ann", "gil38", "Guest1"],
            (await history.ListConversationsAsync(bob, new(default), Token)).Select(conversation => conversation.With.Value));
        Assert.Equal(["hello all", "hello Ann", "a guest was here"], Messages.TextsOf(await history.ReadAsync(new(Messages.Room("main")), Token)));
        Assert.True(ann.Wrote((await history.ReadAsync(new(Messages.Room("main")) { Limit = 3 }, Token))[0]));
    }

    [Fact]
    public async Task Search_finds_what_was_said_before()
    {
        await using var history = SqliteHistoryStore.Open(_directory.Path, new());
        history.TidyUp();

        foreach (var (words, found) in new[] { ("hello", new[] { "hello all", "hello Ann" }), ("GUEST here", ["a guest was here"]), ("secret", []) })
        {
            var page = await history.SearchAsync(new HistorySearch(Messages.Room("main"), words), Token);
            Assert.Equal(found.Order(), Messages.TextsOf(page.Entries).Order());
        }
    }

    [Fact]
    public async Task Tokens_answers_and_hooks_are_good_for_what_they_were_good_for()
    {
        using var tokens = SqliteTokens.OpenOrCreate(_directory.Path);

        var all = await tokens.Tokens.ListAsync(Token);
        Assert.Equal(
            [("deploy", "post:main post:ops", true), ("gate", "post:* as:Ann as:Bob", true), ("old", "post:main", false), ("grafana", "status", true)],
            all.Select(token => (token.Name.Value, token.Scopes.ToString(), token.Revoked is null)));

        // The hash of the token that was printed for it.
        var deploy = await tokens.Tokens.FindAsync(Convert.FromHexString("BD0516AA48C840EFB55C24E5A05FEFCD7F352D68D3D90DA96005B8387334234F"), Token);
        Assert.Equal("deploy", deploy?.Name.Value);
        var answered = all[0].LastUsed!.Value;
        Assert.Contains("\"id\":\"main.2\"", System.Text.Encoding.UTF8.GetString((await tokens.Answers.FindAsync(deploy!.Id, "release-42", answered, Token))!.Body.Span));
        Assert.Null(await tokens.Answers.FindAsync(deploy.Id, "release-42", answered + RememberedAnswer.Lifetime + TimeSpan.FromMinutes(2), Token));

        var hooks = await tokens.Hooks.ListAsync(Token);
        Assert.Equal([(1L, "http://127.0.0.1:9/"), (2L, "http://127.0.0.1:9/b")], hooks.Select(hook => (hook.Id, hook.Url.ToString())));
        Assert.Equal(["ops", "main"], hooks[0].Rooms.Select(room => room.Value));
        Assert.Equal(["deploy", "Ann"], hooks[1].Mentions);
        Assert.StartsWith(TokenSecret.Prefix, hooks[0].Secret);
    }

    [Fact]
    public async Task An_account_that_was_made_anew_and_a_guest_of_an_old_name_are_shown_nothing()
    {
        await using var accounts = SqliteAccountStore.Open(_directory.Path);
        await using var history = SqliteHistoryStore.Open(_directory.Path, new());
        foreach (var reader in new[] { await ReaderAsync(accounts, "gil38"), await ReaderAsync(accounts, "Zoe"), Messages.Asking("Guest1") })
        {
            Assert.Empty(await history.ListConversationsAsync(reader, new(default), Token));
            foreach (var other in new[] { "Ann", "Bob", "Bobby", "gil38", "Guest1" })
            {
                Assert.Empty(await DirectsAsync(history, reader, other));
            }
        }
    }

    private static async Task<DirectReader> ReaderAsync(SqliteAccountStore accounts, string name)
        => new(Identity.OfGuest(1), (await accounts.FindAsync(Messages.User(name), Token))!.Account.Proven);

    private static async Task<string[]> DirectsAsync(SqliteHistoryStore history, DirectReader reader, string other)
        => Messages.TextsOf(await history.ReadDirectAsync(reader, new(Messages.User(other)), new(default), Token));
}
