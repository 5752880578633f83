using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Accounts;

namespace Parley.Storage.Sqlite;

/// <content>Codes by e-mail, invitations, devices and passkeys, in the same file.</content>
public sealed partial class SqliteAccountStore : IMailCodeStore, IInvitationStore, IDeviceStore, IPasskeyStore
{
    private MailCodeTable MailCodes => new(_database);

    private InvitationTable Invitations => new(_database);

    private DeviceTable Devices => new(_database);

    private PasskeyTable Passkeys => new(_database);

    ValueTask<MailCode> IMailCodeStore.AddAsync(MailCode code, DateTimeOffset now, int most, CancellationToken cancellationToken)
        => RunAsync(() => MailCodes.Add(code, now, most), cancellationToken);

    ValueTask<MailCode?> IMailCodeStore.TakeAsync(string hash, MailCodeKind kind, UserName name, DateTimeOffset now, CancellationToken cancellationToken)
        => RunAsync(() => MailCodes.Take(hash, kind, name, now), cancellationToken);

    async ValueTask IMailCodeStore.RemoveAllAsync(AccountId account, CancellationToken cancellationToken)
        => await DoAsync(() => MailCodes.RemoveAll(account), cancellationToken);

    ValueTask<ServerInvitation> IInvitationStore.AddAsync(ServerInvitation invitation, CancellationToken cancellationToken)
        => RunAsync(() => Invitations.Add(invitation), cancellationToken);

    ValueTask<IReadOnlyList<ServerInvitation>> IInvitationStore.ListAsync(CancellationToken cancellationToken)
        => RunAsync<IReadOnlyList<ServerInvitation>>(() => Invitations.List(), cancellationToken);

    ValueTask<ServerInvitation?> IInvitationStore.FindAsync(string hash, CancellationToken cancellationToken)
        => RunAsync(() => Invitations.Find(hash), cancellationToken);

    ValueTask<bool> IInvitationStore.UseAsync(string hash, DateTimeOffset now, CancellationToken cancellationToken)
        => RunAsync(() => Invitations.Use(hash, now), cancellationToken);

    async ValueTask IInvitationStore.GiveBackAsync(string hash, CancellationToken cancellationToken)
        => await DoAsync(() => Invitations.GiveBack(hash), cancellationToken);

    ValueTask<ServerInvitation?> IInvitationStore.RemoveAsync(long id, CancellationToken cancellationToken)
        => RunAsync(() => Invitations.Remove(id), cancellationToken);

    ValueTask<Device> IDeviceStore.AddAsync(Device device, int most, CancellationToken cancellationToken)
        => RunAsync(() => Devices.Add(device, most), cancellationToken);

    ValueTask<Device?> IDeviceStore.FindAsync(string hash, CancellationToken cancellationToken)
        => RunAsync(() => Devices.Find(hash), cancellationToken);

    ValueTask<IReadOnlyList<Device>> IDeviceStore.ListAsync(AccountId account, CancellationToken cancellationToken)
        => RunAsync<IReadOnlyList<Device>>(() => Devices.List(account), cancellationToken);

    async ValueTask IDeviceStore.SeenAsync(string hash, DateTimeOffset time, DateTimeOffset until, CancellationToken cancellationToken)
        => await DoAsync(() => Devices.Seen(hash, time, until), cancellationToken);

    ValueTask<Device?> IDeviceStore.RemoveAsync(AccountId account, long id, CancellationToken cancellationToken)
        => RunAsync(() => Devices.Remove(account, id), cancellationToken);

    ValueTask<int> IDeviceStore.RemoveAllAsync(AccountId account, CancellationToken cancellationToken)
        => RunAsync(() => Devices.RemoveAll(account), cancellationToken);

    ValueTask<Passkey?> IPasskeyStore.AddAsync(Passkey passkey, int most, CancellationToken cancellationToken)
        => RunAsync(() => Passkeys.Add(passkey, most), cancellationToken);

    ValueTask<Passkey?> IPasskeyStore.FindAsync(ReadOnlyMemory<byte> credential, CancellationToken cancellationToken)
        => RunAsync(() => Passkeys.Find(credential.Span), cancellationToken);

    ValueTask<IReadOnlyList<Passkey>> IPasskeyStore.ListAsync(AccountId account, CancellationToken cancellationToken)
        => RunAsync<IReadOnlyList<Passkey>>(() => Passkeys.List(account), cancellationToken);

    async ValueTask IPasskeyStore.UsedAsync(ReadOnlyMemory<byte> credential, uint signCount, DateTimeOffset time, CancellationToken cancellationToken)
        => await DoAsync(() => Passkeys.Used(credential.Span, signCount, time), cancellationToken);

    ValueTask<Passkey?> IPasskeyStore.RemoveAsync(AccountId account, long id, CancellationToken cancellationToken)
        => RunAsync(() => Passkeys.Remove(account, id), cancellationToken);

    private async ValueTask DoAsync(Action work, CancellationToken cancellationToken) => await RunAsync(
        () =>
        {
            work();
            return true;
        },
        cancellationToken);
}
