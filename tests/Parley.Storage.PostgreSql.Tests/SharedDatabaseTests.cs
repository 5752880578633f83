using Npgsql;
using Parley.Core.Accounts;
using Parley.Core.Hooks;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Core.Push;
using Parley.Core.Tokens;
using Parley.Storage.PostgreSql.Accounts;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Tests.Accounts;
using Parley.TestKit;

namespace Parley.Storage.PostgreSql.Tests;

/// <summary>Two servers on one database: what both want, one has, and what one changes the other hears of.</summary>
public sealed class SharedDatabaseTests : IAsyncLifetime
{
    private const int Rivals = 8;

    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PostgreSqlServer _server;
    private readonly DatabaseAddress _address;
    private readonly ManualTimeProvider _time = new();
    private readonly PostgreSqlDatabase _first;
    private readonly PostgreSqlDatabase _second;
    private bool _isListening;

    public SharedDatabaseTests(PostgreSqlServer server)
    {
        _server = server;
        _address = server.NewDatabase();
        _first = PostgreSqlDatabase.Open(_address, _time);
        _second = PostgreSqlDatabase.Open(_address, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task The_secrets_are_those_of_the_database()
    {
        var (mine, others) = (await _first.Accounts.SecretAsync(Token), await _second.Accounts.SecretAsync(Token));

        Assert.Equal(mine.ToArray(), others.ToArray());
        Assert.Equal(await _first.Pushes.KeyAsync("one", Token), await _second.Pushes.KeyAsync("two", Token));
    }

    [Theory]
    [InlineData("1", "3")]
    [InlineData("1", null)]
    [InlineData(null, "3")]
    public async Task A_value_that_another_server_is_just_changing_is_not_exchanged(string? from, string? to)
    {
        var ann = await _first.MakeAsync("Ann");
        await _first.Accounts.SetValueAsync(ann.Id, "marker", "#tea", from, Token);
        await using var other = new NpgsqlConnection(_address.ConnectionString);
        await other.OpenAsync(Token);
        await using var transaction = await other.BeginTransactionAsync(Token);
        await using var change = new NpgsqlCommand(
            "INSERT INTO value (account, kind, key, value) SELECT id, 'marker', '#tea', '2' FROM account ON CONFLICT (account, kind, key) DO UPDATE SET value = excluded.value", other);
        Assert.Equal(1, await change.ExecuteNonQueryAsync(Token));

        var exchanging = _second.Accounts.ExchangeValueAsync(ann.Id, "marker", "#tea", from, to, Token).AsTask();
        await _server.WhenLockedAsync(_address, "NOT granted");
        await transaction.CommitAsync(Token);

        Assert.False(await exchanging);
        Assert.Equal("2", await _first.Accounts.GetValueAsync(ann.Id, "marker", "#tea", Token));
        Assert.True(await _second.Accounts.ExchangeValueAsync(ann.Id, "marker", "#tea", "2", to, Token));
    }

    [Fact]
    public async Task What_one_server_has_done_is_there_for_the_other()
    {
        var ann = await _first.MakeAsync("Ann");
        await _first.Accounts.SetValueAsync(ann.Id, "marker", "#tea", "7", Token);
        var token = await _first.Tokens.AddAsync(new AccessToken(ann.Name, new TokenScopes { AllRooms = true }, Noon), TokenSecret.Hash("one"), Token);

        Assert.Equal(ann.Id, (await _second.Accounts.FindLookAlikeAsync(MadeAccounts.Name("ANN"), Token))?.Id);
        Assert.Equal("7", await _second.Accounts.GetValueAsync(ann.Id, "marker", "#tea", Token));
        Assert.Equal(token!.Id, (await _second.Tokens.FindAsync(TokenSecret.Hash("one"), Token))?.Id);
        await _second.Tokens.RevokeAsync(ann.Name, Noon, Token);
        Assert.NotNull((await _first.Tokens.FindAsync(TokenSecret.Hash("one"), Token))!.Revoked);
    }

    [Fact]
    public async Task Of_all_who_want_a_name_one_has_it()
        => Assert.Single(await AtOnceAsync((server, _) => server.Accounts.TryCreateAsync(MadeAccounts.Credentials("Ann"), Token)), made => made);

    [Fact]
    public async Task An_account_waits_for_one_that_looks_like_it_and_that_another_server_is_just_making()
    {
        var paul = MadeAccounts.Credentials("Paul");
        var look = NameSkeleton.Of(paul.Account.Name);
        await using var other = new NpgsqlConnection(_address.ConnectionString);
        await other.OpenAsync(Token);
        await using var transaction = await other.BeginTransactionAsync(Token);
        Assert.True(await LookLock.TakeAsync(other, paul.Account.Name, Token));

        var making = _second.Accounts.TryCreateAsync(MadeAccounts.Credentials("PauI"), identity: null, refusesLookAlikes: true, Token).AsTask();
        await _server.WhenLockedAsync(_address, "NOT granted");
        await using var insert = new NpgsqlCommand("INSERT INTO account (id, key, name, look, created, email_proven, password) VALUES (7, 'paul', 'Paul', $1, 0, false, '')", other);
        insert.Parameters.Add(new() { Value = look });
        Assert.Equal(1, await insert.ExecuteNonQueryAsync(Token));
        await transaction.CommitAsync(Token);

        Assert.False(await making);
        Assert.False(await _first.Accounts.TryCreateAsync(MadeAccounts.Credentials("PauI"), identity: null, refusesLookAlikes: true, Token));
    }

    [Fact]
    public async Task Of_all_who_want_a_certificate_an_identity_or_a_key_one_has_it()
    {
        for (var i = 0; i < Rivals; i++)
        {
            await _first.MakeAsync($"ann{i}");
        }

        Assert.True(CertificateFingerprint.TryParse(new string('a', 64), out var certificate));
        Assert.True(OutsideIdentity.TryCreate("https://id.example", "7", out var identity));
        Assert.True(SshKey.TryRestore("SHA256:" + new string('A', 43), "", out var key));

        Assert.Single(await AtOnceAsync((server, i) => server.Accounts.AddCertificateAsync(MadeAccounts.Name($"ann{i}"), certificate, Token)), added => added);
        Assert.Single(await AtOnceAsync((server, i) => server.Accounts.AddOutsideAsync(MadeAccounts.Name($"ann{i}"), identity, Token)), added => added);
        Assert.Single(await AtOnceAsync((server, i) => server.Accounts.AddSshKeyAsync(MadeAccounts.Name($"ann{i}"), key, Token)), added => added);
    }

    [Fact]
    public async Task Of_all_who_are_made_with_one_outside_identity_one_is_there_and_of_the_others_nothing()
    {
        Assert.True(OutsideIdentity.TryCreate("https://id.example", "7", out var identity));

        Assert.Single(await AtOnceAsync((server, i) => server.Accounts.TryCreateAsync(MadeAccounts.Credentials($"ann{i}"), identity, Token)), made => made);

        Assert.Equal((await _first.Accounts.FindByOutsideAsync(identity, Token))!.Id, Assert.Single(await _first.Accounts.ListAsync(Token)).Id);
    }

    [Fact]
    public async Task An_invitation_is_used_as_often_as_it_may_be()
    {
        await _first.Invitations.AddAsync(new ServerInvitation("hash", "ann", Noon, Uses: 3), Token);

        Assert.Equal(3, (await AtOnceAsync((server, _) => server.Invitations.UseAsync("hash", Noon, Token))).Count(used => used));
    }

    [Fact]
    public async Task A_code_is_taken_once_and_an_account_has_one_for_a_purpose()
    {
        var ann = await _first.MakeAsync("Ann");
        await AtOnceAsync(async (server, i) =>
        {
            await server.MailCodes.AddAsync(Code($"hash{i}", ann), Noon, most: 100, Token);
            return true;
        });
        var taken = await AtOnceAsync(async (server, i) =>
            await server.MailCodes.TakeAsync($"hash{i}", MailCodeKind.Recovery, ann.Name, Noon, Token) is not null);
        Assert.Single(taken, each => each);

        await _first.MailCodes.AddAsync(Code("again", ann), Noon, most: 100, Token);
        Assert.Single(
            await AtOnceAsync(async (server, _) => await server.MailCodes.TakeAsync("again", MailCodeKind.Recovery, ann.Name, Noon, Token) is not null),
            each => each);
    }

    [Fact]
    public async Task Limits_of_an_account_hold_for_all_servers_together()
    {
        var ann = await _first.MakeAsync("Ann");

        var passkeys = await AtOnceAsync(async (server, i) =>
            await server.Passkeys.AddAsync(new Passkey(ann.Id, new[] { (byte)i }, new byte[] { 1 }, "", Noon), most: 3, Token) is not null);
        var pushes = await AtOnceAsync((server, i) => server.Pushes.SetAsync(
            new PushSubscription(ann.Id, $"https://push.example/{i}", "k", "s", "", Noon), limit: 3, Token));
        await AtOnceAsync((server, i) => server.Devices.AddAsync(new Device(ann.Id, $"hash{i}", "", Noon, Noon, Noon.AddDays(1)), most: 3, Token));

        Assert.Equal((3, 3), (passkeys.Count(added => added), pushes.Count(added => added)));
        Assert.Equal(3, (await _first.Devices.ListAsync(ann.Id, Token)).Count);
    }

    [Fact]
    public async Task Somebody_whom_all_servers_ban_is_banned_once()
    {
        await AtOnceAsync(async (server, i) =>
        {
            await server.Bans.SetAsync(new Ban(BanSubject.OfMask("*!*@b"), $"op{i}", Noon), Token);
            return true;
        });

        Assert.Single(await _second.Bans.ListAsync(Token));
        Assert.Single(await AtOnceAsync((server, _) => server.Bans.RemoveAsync(BanSubject.OfMask("*!*@B"), Token)), removed => removed);
    }

    [Fact]
    public async Task A_change_by_one_server_is_told_to_the_other()
    {
        var ann = await _first.MakeAsync("Ann");
        await using var bans = await ListenAsync(StorePart.Bans);
        await using var accounts = await ListenAsync(StorePart.Accounts);
        await using var pushes = await ListenAsync(StorePart.PushSubscriptions);
        await using var hooks = await ListenAsync(StorePart.Hooks);
        await using var devices = await ListenAsync(StorePart.Devices);

        await _first.Bans.SetAsync(new Ban(BanSubject.OfMask("*!*@b"), "op", Noon), Token);
        await bans.NextAsync();
        await _first.Bans.RemoveAsync(BanSubject.OfMask("*!*@b"), Token);
        await bans.NextAsync();
        await _first.Pushes.SetAsync(new PushSubscription(ann.Id, "https://push.example/", "k", "s", "", Noon), 1, Token);
        await pushes.NextAsync();
        await _first.Hooks.AddAsync(new WebHook(new Uri("http://localhost/"), "s", Noon), Token);
        await hooks.NextAsync();
        await _first.Devices.AddAsync(new Device(ann.Id, "h", "phone", Noon, Noon, Noon.AddDays(1)), 1, Token);
        await _first.Devices.RemoveAllAsync(ann.Id, Token);
        await devices.NextAsync();
        await _first.Accounts.DeleteAsync(ann.Name, Token);
        await accounts.NextAsync();
    }

    [Theory]
    [InlineData("password")]
    [InlineData("certificate")]
    [InlineData("identity")]
    [InlineData("key")]
    public async Task What_lets_nobody_in_any_more_is_told_to_the_other(string what)
    {
        Assert.True(CertificateFingerprint.TryParse(new string('a', 64), out var certificate));
        Assert.True(OutsideIdentity.TryCreate("https://id.example", "7", out var identity));
        Assert.True(SshKey.TryRestore("SHA256:" + new string('A', 43), "", out var key));
        var ann = await _first.MakeAsync("Ann");
        await _first.Accounts.AddCertificateAsync(ann.Name, certificate, Token);
        await _first.Accounts.AddOutsideAsync(ann.Name, identity, Token);
        await _first.Accounts.AddSshKeyAsync(ann.Name, key, Token);
        await using var proofs = await ListenAsync(StorePart.Proofs);

        Assert.True(await (what switch
        {
            "password" => _first.Accounts.SetPasswordAsync(ann.Name, PasswordVerifier.Create("battery staple", PasswordVerifier.MinIterations), Token),
            "certificate" => _first.Accounts.RemoveCertificateAsync(ann.Name, certificate, Token),
            "identity" => _first.Accounts.RemoveOutsideAsync(ann.Name, identity, Token),
            _ => _first.Accounts.RemoveSshKeyAsync(ann.Name, key, Token),
        }));

        await proofs.NextAsync();
    }

    [Fact]
    public async Task Another_hash_of_the_same_password_is_told_to_nobody()
    {
        var ann = await _first.MakeAsync("Ann");
        var password = PasswordVerifier.Create("correct horse", PasswordVerifier.MinIterations);
        await _first.Accounts.SetPasswordAsync(ann.Name, password, Token);
        await using var bans = await ListenAsync(StorePart.Bans);
        await using var proofs = await ListenAsync(StorePart.Proofs);

        Assert.True(await _first.Accounts.RenewPasswordAsync(ann.Id, password, PasswordVerifier.Derive("correct horse", password.Salt.Span, PasswordVerifier.MinIterations + 1), Token));
        await _first.Bans.SetAsync(new Ban(BanSubject.OfMask("*!*@b"), "op", Noon), Token);

        await bans.NextAsync();
        Assert.Equal(0, proofs.Pending);
    }

    [Fact]
    public async Task What_was_missed_while_the_connection_was_lost_counts_as_changed()
    {
        await using var bans = await ListenAsync(StorePart.Bans);
        _server.CutConnections(_address);
        await _time.WhenTimerArmedAsync(ChangeListener.RetryInterval);
        await _first.Bans.ListAsync(Token);
        await _first.Bans.SetAsync(new Ban(BanSubject.OfMask("*!*@b"), "op", Noon), Token);
        Assert.Equal(0, bans.Pending);

        _time.Advance(ChangeListener.RetryInterval);

        await bans.NextAsync();
        Assert.Single(await _second.Bans.ListAsync(Token));
    }

    [Fact]
    public async Task A_watch_that_has_ended_is_told_nothing()
    {
        var ended = await ListenAsync(StorePart.Bans);
        await ended.DisposeAsync();
        await using var bans = await ListenAsync(StorePart.Bans);

        await _first.Bans.SetAsync(new Ban(BanSubject.OfMask("*!*@b"), "op", Noon), Token);

        await bans.NextAsync();
        Assert.Equal(0, ended.Pending);
    }

    [Fact]
    public async Task A_pool_of_connections_that_were_cut_answers_questions_and_refuses_one_change_in_one_line()
    {
        var ann = await _first.MakeAsync("Ann");
        _server.CutConnections(_address);
        Assert.Equal(ann.Id, (await _first.Accounts.FindAsync(ann.Name, Token))!.Account.Id);

        _server.CutConnections(_address);
        var error = await Assert.ThrowsAsync<AccountStoreException>(async () => await _first.Accounts.DeleteAsync(ann.Name, Token));

        Assert.StartsWith(_address.ToString(), error.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<NpgsqlException>(error.InnerException);
        Assert.True(await _first.Accounts.DeleteAsync(ann.Name, Token));
    }

    private static MailCode Code(string hash, ProvenAccount account)
        => new(hash, MailCodeKind.Recovery, account.Name, "ann@example.org", Noon.AddHours(1)) { Account = account.Id };

    /// <summary>Has both servers do something, all at once.</summary>
    private Task<T[]> AtOnceAsync<T>(Func<PostgreSqlDatabase, int, ValueTask<T>> action)
        => Task.WhenAll(Enumerable.Range(0, Rivals).Select(i => Task.Run(async () => await action(i % 2 == 0 ? _first : _second, i), Token)));

    /// <summary>Watches at the second server, which hears everything by then: what it may have missed before has been told.</summary>
    private async Task<Watched> ListenAsync(StorePart part)
    {
        if (!_isListening)
        {
            _isListening = true;
            foreach (var first in Enum.GetValues<StorePart>().Select(each => new Watched(_second, each)).ToList())
            {
                await first.NextAsync();
                await first.DisposeAsync();
            }
        }

        return new Watched(_second, part);
    }

    private sealed class Watched : IAsyncDisposable
    {
        private readonly SemaphoreSlim _told = new(0);
        private readonly IDisposable _watch;

        public Watched(PostgreSqlDatabase database, StorePart part) => _watch = database.Changes.Watch(part, () => _told.Release());

        public int Pending => _told.CurrentCount;

        public async Task NextAsync() => Assert.True(await _told.WaitAsync(TimeSpan.FromSeconds(30), Token));

        public ValueTask DisposeAsync()
        {
            _watch.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
