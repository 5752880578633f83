using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Rooms;
using Parley.Specification;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Tests.Accounts;

public sealed class SqliteRoomRegistryTests : RoomRegistrySpecification
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteAccountStore _accounts;

    public SqliteRoomRegistryTests() => _accounts = SqliteAccountStore.Open(_directory.Path);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _accounts.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_role_ends_with_its_account_and_the_oldest_operator_follows_a_founder_who_is_removed()
    {
        var (ann, bob, cyd, dan) = (await AccountAsync("Ann"), await AccountAsync("Bob"), await AccountAsync("Cyd"), await AccountAsync("Dan"));
        Registry.Save(New("attic", ann, Role(dan, MemberRank.Voice), Role(bob, MemberRank.Operator), Role(cyd, MemberRank.Operator)));
        await _accounts.DeleteAsync(ann.Name, Token);
        await _accounts.DeleteAsync(dan.Name, Token);

        var left = Assert.Single(Reopened().Load()).Registration;

        Assert.Equal((bob, cyd), (left.Founder, Assert.Single(left.Roles).Account));
    }

    [Fact]
    public async Task A_room_without_an_operator_who_could_follow_is_registered_no_more_and_its_name_is_free()
    {
        var (ann, bob) = (await AccountAsync("Ann"), await AccountAsync("Bob"));
        Registry.Save(New("attic", ann, Role(bob, MemberRank.HalfOperator)));
        await _accounts.DeleteAsync(ann.Name, Token);

        Assert.Empty(Reopened().Load());
        Registry.Save(New("attic", bob));
        Assert.Equal(bob, Assert.Single(Reopened().Load()).Registration.Founder);
    }

    [Fact]
    public async Task An_account_that_is_made_under_the_name_of_a_removed_one_has_none_of_its_roles()
    {
        var (ann, bob) = (await AccountAsync("Ann"), await AccountAsync("Bob"));
        Registry.Save(New("attic", ann, Role(bob, MemberRank.Operator)));
        await _accounts.DeleteAsync(bob.Name, Token);
        await AccountAsync("Bob");

        Assert.Empty(Assert.Single(Reopened().Load()).Registration.Roles);
    }

    [Fact]
    public async Task A_file_that_another_program_holds_refuses_a_change_in_one_line_and_keeps_what_was_before()
    {
        var room = New("attic", await AccountAsync("Ann"));
        Registry.Save(room);
        using var quick = SqliteRoomRegistry.Open(_directory.Path, TimeSpan.Zero);
        using (var other = Database.Open(FileKind.Accounts.PathIn(_directory.Path), FileKind.Accounts, readOnly: false, TimeSpan.Zero))
        {
            other.Execute("BEGIN IMMEDIATE");
            var refusal = Assert.Throws<RoomRegistryException>(() => quick.Save(room with { Settings = [new(RoomMode.Secret)] }));
            Assert.Contains("locked by another program", refusal.Message, StringComparison.Ordinal);
            Assert.Throws<RoomRegistryException>(() => quick.Remove(room.Life));
            other.Execute("ROLLBACK");
        }

        Assert.Empty(Assert.Single(quick.Load()).Settings);
    }

    [Fact]
    public async Task A_rule_that_this_version_does_not_know_is_not_left_out()
    {
        Registry.Save(New("attic", await AccountAsync("Ann")) with { Settings = [new(RoomMode.Secret)] });
        using (var other = Database.Open(FileKind.Accounts.PathIn(_directory.Path), FileKind.Accounts, readOnly: false, TimeSpan.Zero))
        {
            other.Execute("UPDATE room_setting SET mode = 'Invisible'");
        }

        var refusal = Assert.Throws<RoomRegistryException>(() => Reopened().Load());
        Assert.Contains("damaged", refusal.Message, StringComparison.Ordinal);
    }

    protected override IRoomRegistry Open() => SqliteRoomRegistry.Open(_directory.Path);

    protected override async ValueTask<ProvenAccount> AccountAsync(string name)
    {
        var user = Messages.User(name);
        var account = new Account(AccountId.New(), user, DateTimeOffset.UnixEpoch.AddDays(1));
        Assert.True(await _accounts.TryCreateAsync(new AccountCredentials(account, PasswordVerifier.WithoutPassword(4096)), Token));
        return account.Proven;
    }
}
