using Parley.Core.Tokens;
using Parley.Server.Admin;

namespace Parley.Server.Http.Api;

/// <summary>All that may be asked over HTTP.</summary>
internal sealed class ApiMethods(TimeProvider time)
{
    public IReadOnlyList<ApiMethod> All { get; } =
    [
        new("status", AdminScopes.Read, "How the server is.", [], ApiJson.Default.StatusAnswer, _ => new("status"), answer => Status(answer.Status!, time.GetUtcNow())),
        new("whois", AdminScopes.Read, "Who somebody is.", ["nickname"], ApiJson.Default.WhoisAnswer, asked => new("whois") { User = asked.Nickname }, Whois),
        new("list", AdminScopes.Read, "The channels with somebody in them, secret ones, too.", [], ApiJson.Default.ListAnswer, _ => new("channels"), answer => new ListAnswer(true, [.. answer.Rooms!.Select(Channel)])),
        new("ns/list", AdminScopes.Read, "All accounts.", [], ApiJson.Default.AccountsAnswer, _ => new("accounts"), Accounts) { OldPath = "account_list" },
        new("ns/info", AdminScopes.Read, "One account.", ["accountName"], ApiJson.Default.AccountAnswer, asked => new("account") { User = asked.AccountName }, Account) { OldPath = "account_details" },
        new("ns/saregister", AdminScopes.Accounts, "Makes an account.", ["accountName", "passphrase", "email"], ApiJson.Default.DoneAnswer, asked => new("register") { User = asked.AccountName, Password = asked.Passphrase, Text = asked.Email }, Done) { OldPath = "saregister" },
        new("ns/passwd", AdminScopes.Accounts, "Sets the password of an account.", ["accountName", "passphrase"], ApiJson.Default.DoneAnswer, asked => new("password") { User = asked.AccountName, Password = asked.Passphrase }, Done),
        new("check_auth", AdminScopes.Accounts, "Whether a password is an account's; three wrong ones a minute for one account.", ["accountName", "passphrase"], ApiJson.Default.DoneAnswer, asked => new("check") { User = asked.AccountName, Password = asked.Passphrase }, Done),
        new("invite/add", AdminScopes.Accounts, "Makes an invitation, with which people make accounts where that is closed.", ["uses", "duration", "note"], ApiJson.Default.InvitationsAnswer, asked => new("invite") { Uses = asked.Uses, For = asked.Duration, Text = asked.Note }, Invitations),
        new("invite/list", AdminScopes.Accounts, "The invitations that are good.", [], ApiJson.Default.InvitationsAnswer, _ => new("invites"), Invitations),
        new("invite/remove", AdminScopes.Accounts, "Revokes an invitation.", ["id"], ApiJson.Default.InvitationsAnswer, asked => new("uninvite") { Subject = $"{asked.Id}" }, Invitations),
        new("rehash", AdminScopes.Server, "Has the server read its settings and files again.", [], ApiJson.Default.RehashAnswer, _ => new("reload"), Rehash),
        new("kick", AdminScopes.Server, "Ends the connections of a user.", ["nickname", "reason"], ApiJson.Default.DoneAnswer, asked => new("kick") { User = asked.Nickname, Text = asked.Reason }, Done),
        new("announce", AdminScopes.Server, "Says something in a channel, or in all.", ["text", "channel"], ApiJson.Default.DoneAnswer, asked => new("announce") { Text = asked.Text, Room = asked.Channel?.TrimStart('#') }, Done),
        new("ban/list", AdminScopes.Moderation, "The bans from the server.", [], ApiJson.Default.BansAnswer, _ => new("bans"), Bans),
        new("ban/add", AdminScopes.Moderation, "Bans an account, a user, an address, a network or a mask, and ends the connections that it is about.", ["subject", "duration", "reason", "dryRun"], ApiJson.Default.BansAnswer, asked => new("ban") { Subject = asked.Subject, For = asked.Duration, Text = asked.Reason, DryRun = asked.DryRun }, Bans),
        new("ban/remove", AdminScopes.Moderation, "Lifts a ban.", ["subject"], ApiJson.Default.BansAnswer, asked => new("unban") { Subject = asked.Subject }, Bans),
        new("room/list", AdminScopes.Read, "The registered channels, secret ones, too.", [], ApiJson.Default.RoomsAnswer, _ => new("room-list"), Rooms),
        new("room/info", AdminScopes.Read, "One registered channel, with its founder and roles.", ["channel"], ApiJson.Default.RoomsAnswer, asked => new("room-info") { Room = NameOf(asked) }, Rooms),
        new("room/register", AdminScopes.Rooms, "Registers a channel, which need not be there, for an account.", ["channel", "accountName"], ApiJson.Default.RoomsAnswer, asked => new("room-register") { Room = NameOf(asked), User = asked.AccountName }, Rooms),
        new("room/transfer", AdminScopes.Rooms, "Gives a registered channel another founder.", ["channel", "accountName"], ApiJson.Default.RoomsAnswer, asked => new("room-transfer") { Room = NameOf(asked), User = asked.AccountName }, Rooms),
        new("room/role", AdminScopes.Rooms, "Gives an account a role in a registered channel: operator, half-operator, voice or none.", ["channel", "accountName", "role"], ApiJson.Default.RoomsAnswer, asked => new("room-role") { Room = NameOf(asked), User = asked.AccountName, Text = asked.Role }, Rooms),
        new("room/unregister", AdminScopes.Rooms, "Ends the registration of a channel.", ["channel"], ApiJson.Default.RoomsAnswer, asked => new("room-unregister") { Room = NameOf(asked) }, Rooms),
        new("audit", AdminScopes.Moderation, "The last 50 decisions of moderators and operators.", [], ApiJson.Default.AuditAnswer, _ => new("audit"), Audit),
    ];

    private static InvitationsAnswer Invitations(AdminAnswer answer) => answer.Error is { } error
        ? new InvitationsAnswer(false, Error: error)
        : new InvitationsAnswer(
            true,
            answer.Invitations?.Select(its => new InvitationAnswer(its.Id, its.By, its.Made, its.Expires, its.Uses, its.Used, its.Note)).ToList(),
            answer.Invitation,
            answer.Link);

    private static string? NameOf(ApiRequest asked) => asked.Channel is ['#', .. var name] ? name : asked.Channel;

    private static RoomsAnswer Rooms(AdminAnswer answer) => answer.Error is { } error
        ? new RoomsAnswer(false, Error: error, ErrorCode: answer.Code)
        : new RoomsAnswer(true, answer.Registrations?.Select(room => new RoomAnswer(
            $"#{room.Name}", room.Founder, room.Registered, room.Users, room.Secret, room.Topic,
            [.. room.Roles.Select(role => new RoomRoleAnswer(role.Account, role.Role, role.Since))])).ToList());

    private static AuditAnswer Audit(AdminAnswer answer) => answer.Error is { } error
        ? new AuditAnswer(false, Error: error)
        : new AuditAnswer(true, [.. answer.Audit!.Select(entry => new AuditEntryAnswer(entry.Time, entry.Actor, entry.Action, entry.Room is { } room ? $"#{room}" : null, entry.Subject, entry.Reason))]);

    private static BansAnswer Bans(AdminAnswer answer) => answer.Error is { } error
        ? new BansAnswer(false, Error: error)
        : new BansAnswer(true, [.. answer.Bans!.Select(ban => new BanAnswer(ban.Kind, ban.Subject, ban.Until, ban.Reason, ban.By, ban.Made))], answer.Done);

    private static StatusAnswer Status(AdminStatus status, DateTimeOffset now) => new(
        true, status.Version, now.AddSeconds(-status.UpSeconds), status.Ready, status.Health,
        new StatusUsers(status.Users, status.MaxUsers), status.Rooms, 1, status.MemoryBytes, status.Listeners);

    private static WhoisAnswer Whois(AdminAnswer answer) => answer.Users is [var user, ..]
        ? new WhoisAnswer(
            true, true, user.Name, user.Protocol, user.Host, user.RealName, user.Account, user.Away, [.. user.Rooms.Select(room => new WhoisChannel($"#{room}"))], user.SignedOn, user.LastSpoke)
        : new WhoisAnswer(true, false);

    private static ListChannel Channel(AdminRoom room) => new($"#{room.Name}", room.Secret, room.Users, room.Topic, room.TopicSet, room.Created);

    private static AccountsAnswer Accounts(AdminAnswer answer) => new(
        answer.Error is null, [.. (answer.Accounts ?? []).Select(account => new AccountAnswer(true, account.Name, account.Email, account.Created))], answer.Accounts?.Count ?? 0);

    private static AccountAnswer Account(AdminAnswer answer) => answer.Accounts is [var account, ..]
        ? new AccountAnswer(true, account.Name, account.Email, account.Created)
        : new AccountAnswer(false, Error: answer.Error, ErrorCode: answer.Code);

    private static DoneAnswer Done(AdminAnswer answer)
        => answer.Error is null ? new DoneAnswer(true, answer.Accounts is [var account, ..] ? account.Name : null) : new DoneAnswer(false, Error: answer.Error, ErrorCode: answer.Code);

    private static RehashAnswer Rehash(AdminAnswer answer) => new(
        answer.Error is null,
        answer.Changes?.Where(change => change.IsLive).Select(change => change.Name).ToList(),
        answer.Changes?.Where(change => !change.IsLive).Select(change => change.Name).ToList(),
        answer.Error,
        answer.Errors);
}
