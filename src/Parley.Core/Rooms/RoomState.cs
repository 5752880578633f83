using System.Collections.Immutable;
using System.Globalization;
using Parley.Core.Events;
using Parley.Core.Modes;
using Parley.Core.Names;
using Parley.Core.Text;

namespace Parley.Core.Rooms;

/// <summary>Members and settings of a room: the result of its events, in order of sequence; guarded by the room's gate.</summary>
internal sealed class RoomState(RoomName name, DateTimeOffset created) : IRoomView, IModeValues
{
    /// <summary>Invitations that wait to be used: of more, the oldest is over.</summary>
    public const int MaxInvitations = 1000;

    private static readonly RoomMode[] AllFlags = [.. RoomModes.All.Where(info => info.Kind == RoomModeKind.Flag).Select(info => info.Mode)];
    private static readonly Dictionary<long, RoomInvitation> NoInvitations = [];
    private static readonly int InNewRooms = Bits(info => info.IsInNewRooms);
    private static readonly int KeepingOut = Bits(info => info.KeepsOut);

    private readonly Dictionary<long, RoomMember> _members = [];
    private Dictionary<RoomMode, List<MaskEntry>>? _masks;
    private Dictionary<long, RoomInvitation>? _invited;
    private ImmutableSortedDictionary<string, string> _values = KeptValues.None;
    private ImmutableSortedDictionary<RoomMode, int> _numbers = ImmutableSortedDictionary<RoomMode, int>.Empty;
    private int _set = InNewRooms;
    private WordFilter? _filter;

    public RoomName Name { get; set; } = name;

    public DateTimeOffset Created { get; } = created;

    /// <summary>The number of the last event.</summary>
    public long Number { get; private set; }

    /// <summary>Number of the events that have changed it: of two states of one life of a room, the one with more is the later one.</summary>
    public long Version { get; private set; }

    /// <summary>The number of the last message that history keeps: what else happens is shown before it is kept, and may never be.</summary>
    public long LastMessage { get; private set; }

    public RoomTopic? Topic { get; private set; }

    /// <summary>Its registration; null if it goes with its last member.</summary>
    public RoomRegistration? Registration { get; private set; }

    public string? Key { get; private set; }

    public IReadOnlyDictionary<RoomMode, int> Numbers => _numbers;

    public IReadOnlyDictionary<string, string> Values => _values;

    public IReadOnlyCollection<RoomMode> Flags => [.. AllFlags.Where(Has)];

    public IReadOnlyCollection<RoomMember> Members => _members.Values;

    public int Count => _members.Count;

    /// <summary>True if there has been anybody in it but programs that only post.</summary>
    public bool HasHadPeople { get; private set; }

    /// <summary>True if there is anybody in it but programs that only post.</summary>
    public bool HasPeople
    {
        get
        {
            foreach (var member in _members.Values)
            {
                if (!member.Actor.Profile.IsPoster)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public IReadOnlyList<MaskEntry> Masks(RoomMode list) => _masks?.GetValueOrDefault(list) ?? (IReadOnlyList<MaskEntry>)[];

    /// <summary>True if the mode is set; of lists: if it has masks.</summary>
    public bool Has(RoomMode mode) => (_set & Bit(mode)) != 0;

    public int? NumberOf(RoomMode mode) => Has(mode) ? _numbers[mode] : null;

    public bool Covers(RoomMode list, in ModeAttempt attempt, bool isMute = false)
    {
        foreach (var entry in Masks(list))
        {
            if (IsAbout(entry, attempt, isMute))
            {
                return true;
            }
        }

        return false;
    }

    public WordPattern? Filters(ReadOnlySpan<byte> utf8)
        => Has(RoomMode.Filter) ? (_filter ??= WordFilter.Of(Masks(RoomMode.Filter).Select(entry => entry.Mask))).Find(utf8) : null;

    /// <summary>The entries of a list that are about a user, and do more than silence.</summary>
    public IReadOnlyList<MaskEntry> Covering(RoomMode list, ModeAttempt attempt) => [.. Masks(list).Where(entry => IsAbout(entry, attempt, isMute: false))];

    private static bool IsAbout(MaskEntry entry, in ModeAttempt attempt, bool isMute)
        => entry.IsMute == isMute && !entry.IsOverAt(attempt.Now)
            && (entry.Who.IsUnknown ? UserMask.Matches(entry.Mask, attempt.User) : attempt.User.Is(entry.Who));

    /// <summary>True if it keeps somebody out, or hides: then what is said is for those who are in.</summary>
    public bool KeepsOut => (_set & KeepingOut) != 0;

    /// <summary>In a copy of what others may be told.</summary>
    public RoomSummary Summary => new(Name, Count) { Topic = Topic, Created = Created, IsSecret = Has(RoomMode.Secret) };

    /// <summary>The invitations that operators have given, and that have not been used yet, by whom they are for.</summary>
    public IReadOnlyDictionary<long, RoomInvitation> Invitations => _invited ?? NoInvitations;

    /// <summary>True if an operator has asked the user in, and it has not come yet.</summary>
    public bool IsInvited(long userId) => _invited?.ContainsKey(userId) ?? false;

    /// <summary>
    /// True if a user who was asked in may come past the bans: all that are about it were about it when it was asked. One that has since come to be
    /// about it, by another name or account, nobody has meant to lift.
    /// </summary>
    public bool IsInvitedPastBans(in ModeAttempt attempt)
    {
        if (_invited is null || !_invited.TryGetValue(attempt.User.UserId, out var invitation))
        {
            return false;
        }

        // Of one whom an older node has asked in, only the id is known: it comes past no bans.
        var asked = invitation.Guest;

        foreach (var ban in Masks(RoomMode.Ban))
        {
            if (IsAbout(ban, attempt, isMute: false) && !(asked.UserId != 0 && IsAbout(ban, attempt with { User = asked }, isMute: false)))
            {
                return false;
            }
        }

        return true;
    }

    public bool TryGet(long userId, out RoomMember member) => _members.TryGetValue(userId, out member);

    /// <summary>Takes in the next event.</summary>
    public void Fold(RoomEvent entry)
    {
        Number = entry.Number;
        Version += entry is MessagePosted or ServerNotice ? 0 : 1;
        LastMessage = entry is MessagePosted { IsKept: true } ? entry.Number : LastMessage;
        var id = entry.Actor.UserId;
        switch (entry)
        {
            case UserJoined joined:
                _members.Add(id, new RoomMember(entry.Actor, joined.Rank));
                HasHadPeople |= !entry.Actor.Profile.IsPoster;
                _invited?.Remove(id);
                break;
            case UserLeft or UserQuit:
                _members.Remove(id);
                break;
            case MemberKicked kicked:
                _members.Remove(kicked.Member.UserId);
                EndInvitations(its => its.IsBy(kicked.Member));
                break;
            case UserRenamed renamed:
                _members[id] = _members[id] with { Actor = entry.Actor with { Name = renamed.NewName } };
                break;
            case UserUpdated updated:
                _members[id] = _members[id] with { Actor = entry.Actor with { KnownProfile = updated.NewProfile } };
                break;
            case TopicChanged topic:
                Topic = topic.Topic.Length == 0 ? null : new RoomTopic(topic.Topic, entry.Actor.Name.Value, entry.Time);
                break;
            case UserInvited { Admits: true } invited:
                (_invited ??= [])[invited.Invited.UserId] = new RoomInvitation(invited.Invited, entry.Actor, entry.Time);
                if (_invited.Count > MaxInvitations)
                {
                    _invited.Remove(_invited.MinBy(its => (its.Value.Time, its.Key)).Key);
                }

                break;
            case InvitationWithdrawn withdrawn:
                _invited?.Remove(withdrawn.Invited.UserId);
                break;
            case ValueChanged changed:
                _values = _values.With(changed.Key, changed.Value);
                break;
            case RegistrationChanged registration:
                var before = Registration;
                Registration = registration.Registration;
                foreach (var change in registration.Changes)
                {
                    Fold(change, entry.Actor, entry.Time);
                }

                // Who has a role need not be in the room.
                EndInvitations(its => IsHost(before, its.Host) && !IsHost(Registration, its.Host) && its.IsBy(its.Host));

                break;
            case RoomRenamed renamed:
                Name = renamed.NewName;
                break;
            case ModesChanged changed:
                foreach (var change in changed.Changes)
                {
                    Fold(change, entry.Actor, entry.Time);
                }

                break;
        }
    }

    /// <summary>The lists that have masks, in a copy.</summary>
    public IReadOnlyDictionary<RoomMode, IReadOnlyList<MaskEntry>> CopyLists()
        => _masks?.Where(list => list.Value.Count > 0).ToDictionary(list => list.Key, list => (IReadOnlyList<MaskEntry>)[.. list.Value]) ?? [];

    /// <summary>A copy that takes events of its own.</summary>
    public RoomState Clone()
    {
        var copy = new RoomState(Name, Created)
        {
            Number = Number,
            Version = Version,
            LastMessage = LastMessage,
            HasHadPeople = HasHadPeople,
            Topic = Topic,
            Registration = Registration,
            Key = Key,
            _values = _values,
            _numbers = _numbers,
            _set = _set,
            _filter = _filter,
            _masks = _masks?.ToDictionary(list => list.Key, list => list.Value.ToList()),
            _invited = _invited is null ? null : new(_invited),
        };
        foreach (var (id, member) in _members)
        {
            copy._members.Add(id, member);
        }

        return copy;
    }

    /// <summary>All of it, as data.</summary>
    /// <param name="life">The room's life.</param>
    public RoomSnapshot ToSnapshot(RoomLife life) => new(Name, life, Created)
    {
        Version = Version,
        LastNumber = Number,
        LastMessage = LastMessage,
        HasHadPeople = HasHadPeople,
        Modes = _set,
        Topic = Topic,
        Registration = Registration,
        Key = Key,
        Numbers = _numbers,
        Lists = CopyLists(),
        Values = _values,
        Invited = _invited is null ? [] : [.. _invited.Keys],
        Guests = _invited is null ? [] : [.. _invited.Values.Select(its => its.Guest).Where(guest => guest.UserId != 0)],
        Hosts = _invited is null ? [] : _invited.Where(its => its.Value.Host.UserId != 0).ToDictionary(its => its.Key, its => its.Value.Host),
        Members = [.. _members.Values],
    };

    /// <summary>A room as it was at another node.</summary>
    public static RoomState Restore(RoomSnapshot snapshot)
    {
        var state = new RoomState(snapshot.Name, snapshot.Created);
        state.Become(snapshot);
        return state;
    }

    /// <summary>Is from here on as it was at another node.</summary>
    public void Become(RoomSnapshot snapshot)
    {
        Name = snapshot.Name;
        Number = snapshot.LastNumber;
        Version = snapshot.Version;
        LastMessage = snapshot.LastMessage;
        Topic = snapshot.Topic;
        Registration = snapshot.Registration;
        Key = snapshot.Key;
        _set = snapshot.Modes;
        _numbers = ImmutableSortedDictionary.CreateRange(snapshot.Numbers);
        _values = KeptValues.None.SetItems(snapshot.Values);
        _masks = snapshot.Lists.ToDictionary(list => list.Key, list => list.Value.ToList());
        _filter = null;
        var guests = snapshot.Guests.ToDictionary(guest => guest.UserId);
        _invited = snapshot.Invited.ToDictionary(id => id, id => new RoomInvitation(guests.GetValueOrDefault(id), snapshot.Hosts.GetValueOrDefault(id), Time: default));
        _members.Clear();
        foreach (var member in snapshot.Members)
        {
            _members.Add(member.Actor.UserId, member);
        }

        // An older node tells of those alone who are in.
        HasHadPeople = snapshot.HasHadPeople || HasPeople;
    }

    /// <summary>A registered room as it was kept, without members.</summary>
    public static RoomState Restore(RegisteredRoom kept)
    {
        var state = new RoomState(kept.Name, kept.Created)
        {
            Topic = kept.Topic,
            Registration = kept.Registration,
            HasHadPeople = true,
            _set = Bit(RoomMode.Registered),
            _values = KeptValues.None.SetItems(kept.Values),
        };
        foreach (var setting in kept.Settings)
        {
            var change = new RoomModeChange(IsAdding: true, setting.Mode, setting.Argument);
            if (RoomModes.Of(setting.Mode).Kind == RoomModeKind.Masks)
            {
                state.MasksOf(setting.Mode).Add(new MaskEntry(setting.Argument!, setting.SetBy, setting.Time)
                {
                    Until = setting.Until,
                    Reason = setting.Reason,
                    Name = setting.Name,
                    Who = setting.Who,
                });
                state._set |= Bit(setting.Mode);
            }
            else
            {
                state.Fold(change, by: default, kept.Created);
            }
        }

        return state;
    }

    /// <summary>The part of it that is kept while it is registered; null if it is not.</summary>
    /// <param name="life">Its life.</param>
    public RegisteredRoom? ToKeep(RoomLife life)
    {
        if (Registration is null)
        {
            return null;
        }

        var settings = AllFlags.Where(flag => flag != RoomMode.Registered && Has(flag)).Select(flag => new RoomSetting(flag)).ToList();
        if (Key is not null)
        {
            settings.Add(new RoomSetting(RoomMode.Key, Key));
        }

        settings.AddRange(_numbers.Select(number => new RoomSetting(number.Key, number.Value.ToString(CultureInfo.InvariantCulture))));
        settings.AddRange(CopyLists().SelectMany(list => list.Value.Select(entry => new RoomSetting(list.Key, entry.Mask, entry.SetBy, entry.Time)
        {
            Until = entry.Until,
            Reason = entry.Reason,
            Name = entry.Name,
            Who = entry.Who,
        })));
        return new RegisteredRoom(Name, life, Created, Registration) { Topic = Topic, Settings = settings, Values = _values };
    }

    /// <summary>The member of that name; false if nobody in the room wears it.</summary>
    public bool TryFind(UserName name, out RoomMember member)
    {
        member = _members.Values.FirstOrDefault(member => member.Actor.Name == name);
        return member.Actor.UserId != 0;
    }

    private static int Bit(RoomMode mode) => 1 << (int)mode;

    private static int Bits(Func<RoomModeInfo, bool> which) => RoomModes.All.Where(which).Aggregate(0, (bits, info) => bits | Bit(info.Mode));

    private void Fold(RoomModeChange change, in Actor by, DateTimeOffset time)
    {
        var info = RoomModes.Of(change.Mode);
        var isSet = change.IsAdding;
        switch (info.Kind)
        {
            case RoomModeKind.Masks:
                var masks = MasksOf(change.Mode);
                Fold(masks, change, by, time);
                _filter = null;
                if (change is { IsAdding: true, Mode: RoomMode.Ban } && masks is [.., { IsMute: false } ban])
                {
                    // Who is banned since is not asked in any more, nor is whom it has asked.
                    EndInvitations(its => IsAbout(ban, new ModeAttempt(its.Guest) { Now = time }, isMute: false)
                        || (its.IsBy(its.Host) && IsAbout(ban, new ModeAttempt(its.Host) { Now = time }, isMute: false)));
                }

                isSet = masks.Count > 0;
                break;
            case RoomModeKind.Key:
                Key = change.IsAdding ? change.Argument : null;
                break;
            case RoomModeKind.Number:
                // A number that is none comes from nobody: the policy refuses it.
                isSet = info.TryReadNumber(change.Argument, out var number) && change.IsAdding;
                _numbers = isSet ? _numbers.SetItem(change.Mode, number) : _numbers.Remove(change.Mode);
                break;
            case RoomModeKind.Rank:
                if (UserName.TryParse(change.Argument, out var name) && TryFind(name, out var member))
                {
                    var rank = change.IsAdding ? member.Rank | info.Gives : member.Rank & ~info.Gives;
                    _members[member.Actor.UserId] = member with { Rank = rank };
                    if (member.Rank >= MemberRank.HalfOperator && rank < MemberRank.HalfOperator)
                    {
                        EndInvitations(its => its.IsBy(member.Actor));
                    }
                }

                return;
        }

        _set = isSet ? _set | Bit(change.Mode) : _set & ~Bit(change.Mode);
    }

    private void EndInvitations(Func<RoomInvitation, bool> which)
    {
        if (_invited is { Count: > 0 })
        {
            foreach (var (id, _) in _invited.Where(its => which(its.Value)).ToList())
            {
                _invited.Remove(id);
            }
        }
    }

    private static bool IsHost(RoomRegistration? registration, in Actor user) => registration?.RankOf(user.Profile.Login) >= MemberRank.HalfOperator;

    private List<MaskEntry> MasksOf(RoomMode list) => (_masks ??= []).TryGetValue(list, out var masks) ? masks : _masks[list] = [];

    private static void Fold(List<MaskEntry> masks, RoomModeChange change, in Actor by, DateTimeOffset time)
    {
        if (change.IsAdding)
        {
            // In the place of one that it is to change, or that is over.
            masks.RemoveAll(mask => mask.IsOverAt(time) || string.Equals(mask.Mask, change.Argument, StringComparison.OrdinalIgnoreCase));
            masks.Add(new MaskEntry(change.Argument!, by.Name.Value, time)
            {
                Until = change.Until,
                Reason = change.Reason ?? "",
                Name = change.Name ?? "",
                Who = change.Who,
            });
        }
        else
        {
            masks.RemoveAll(mask => string.Equals(mask.Mask, change.Argument, StringComparison.OrdinalIgnoreCase));
        }
    }
}
