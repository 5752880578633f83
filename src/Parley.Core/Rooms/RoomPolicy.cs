using System.Globalization;
using System.Text;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Modes;
using Parley.Core.Names;
using Parley.Core.Text;

namespace Parley.Core.Rooms;

/// <summary>Decides who may see, enter, speak in and change a room. Pure: whoever asks holds the room's gate, and nothing is changed.</summary>
/// <remarks>
/// Nobody else decides any of it, on no protocol. A refusal MUST NOT tell that there is a room of which the user may not know, so
/// such a room is <see cref="Verdict.NoSuchRoom"/>, whatever the reason.
/// </remarks>
internal readonly partial struct RoomPolicy(RoomState state)
{
    private static readonly Dictionary<RoomMode, IReadOnlyList<MaskEntry>> NoLists = [];

    /// <summary>Masks that one of a room's lists may have.</summary>
    public const int MaxMasks = 100;

    /// <summary>Returns the part of the room that a viewer may see.</summary>
    public RoomSight SightOf(Viewer viewer)
        => viewer.SeesAll || state.TryGet(viewer.UserId, out _) ? RoomSight.Inside
            : state.Has(RoomMode.Secret) ? (state.IsInvited(viewer.UserId) || Knows(viewer) ? RoomSight.Outline : RoomSight.None)
            : state.Has(RoomMode.Private) ? RoomSight.Outline
            : RoomSight.Members;

    /// <summary>True if a viewer may know that a member is in the room.</summary>
    public bool ShowsMember(Viewer viewer, in Actor member)
        => SightOf(viewer) is var sight && (sight == RoomSight.Inside || (sight == RoomSight.Members && !member.Profile.IsInvisible));

    /// <summary>Returns the room as a viewer may see it; null if it may not know of the room.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <param name="key">Key that it knows, if any.</param>
    public RoomView? ViewFor(Viewer viewer, string? key)
    {
        var sight = SightOf(viewer);
        if (sight == RoomSight.None && key is not null && string.Equals(state.Key, key, StringComparison.Ordinal))
        {
            sight = RoomSight.Outline;
        }

        return sight == RoomSight.None ? null : new RoomView
        {
            Name = state.Name,
            Created = state.Created,
            Sight = sight,
            Topic = state.Topic,
            Flags = state.Flags,
            HasKey = state.Key is not null,
            Key = viewer.EntersAll || state.TryGet(viewer.UserId, out _) ? state.Key : null,
            Numbers = state.Numbers,
            Values = sight == RoomSight.Inside ? state.Values : KeptValues.None,
            Members = sight == RoomSight.Inside ? [.. state.Members]
                : sight == RoomSight.Members ? [.. state.Members.Where(member => !member.Actor.Profile.IsInvisible)]
                : [],
            Lists = sight == RoomSight.Outline ? NoLists : state.CopyLists(),
        };
    }

    /// <summary>Why somebody who is outside may not do what takes being in: the room may be none that it knows of.</summary>
    public Verdict Outside(in Actor user) => Disguised(user, Verdict.NotInRoom);

    /// <summary>
    /// Returns the rank of a user who comes in: in a registered room that of its role; otherwise the first person rules the room,
    /// whatever programs have posted there before.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="kept">The rank with which somebody comes back who was here when the server stopped; null for anybody else.</param>
    public MemberRank RankOnEntry(in Actor user, MemberRank? kept = null)
        => state.Registration is { } registration ? registration.RankOf(user.Profile.Login)
            : kept ?? (user.Profile.IsPoster || state.HasPeople ? MemberRank.None : MemberRank.Operator);

    /// <summary>
    /// Why the user may not come in; null if it may. Nothing keeps out who has a role from half-operator up; and where there are no
    /// people, nobody is kept out by what the last ones have set, unless the room is registered.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="key">What it knows of the room, if it needs to.</param>
    /// <param name="now">The time of the decision.</param>
    public Verdict? RefusesEntry(in Actor user, string? key, DateTimeOffset now = default)
    {
        if (user.Profile.May(ServerRights.Rooms) || (state.Registration is { } registration ? registration.RankOf(user.Profile.Login) >= MemberRank.HalfOperator : !state.HasPeople))
        {
            return null;
        }

        var attempt = new ModeAttempt(user) { Key = key, Now = now };
        var refusal = !state.IsInvited(user.UserId) ? Refusal(RoomModes.OfEntry, attempt)
            : state.IsInvitedPastBans(attempt) ? null
            : Refusal(RoomModes.OfBans, attempt);
        return refusal is { } why ? Disguised(user, why, now) : null;
    }

    /// <summary>The ban that keeps a user out, of several the one that lasts longest; null if it is not a ban that does.</summary>
    public MaskEntry? BanOf(in Actor user, DateTimeOffset now)
        => RefusesEntry(user, key: null, now) == Verdict.Banned
            ? state.Covering(RoomMode.Ban, new ModeAttempt(user) { Now = now }).MaxBy(ban => ban.Until ?? DateTimeOffset.MaxValue)
            : null;

    /// <summary>Why the user may not speak; null if it may.</summary>
    /// <param name="user">The user.</param>
    /// <param name="follows">Whether it speaks from a session that follows the room.</param>
    /// <param name="sinceLast">Time since it last spoke here; null if it has not lately, or if that does not matter.</param>
    /// <param name="now">The time of the decision.</param>
    /// <param name="text">What it says, UTF-8.</param>
    public Verdict? RefusesSpeech(in Actor user, bool follows, TimeSpan? sinceLast = null, DateTimeOffset now = default, ReadOnlyMemory<byte> text = default)
    {
        var isMember = state.TryGet(user.UserId, out var member);
        if (!isMember && (state.Count == 0 || (!user.Profile.IsPoster && SightOf(Viewer.Of(user, now)) == RoomSight.None)))
        {
            return Verdict.NoSuchRoom;
        }

        var attempt = new ModeAttempt(user) { Follows = isMember && follows, Now = now, SinceLast = sinceLast, Text = text };
        var refusal = Refusal(RoomModes.OfSpeech, attempt) ?? (member.Rank == MemberRank.None ? Refusal(RoomModes.OfSilence, attempt) : null);
        return refusal is { } why ? Disguised(user, why, now) : null;
    }

    /// <summary>Why the user may not change the topic; null if it may. Whoever may not say a text cannot have it as the topic either.</summary>
    /// <param name="user">The user.</param>
    /// <param name="topic">The topic, UTF-8.</param>
    /// <param name="now">The time of the decision.</param>
    public Verdict? RefusesTopic(in Actor user, ReadOnlyMemory<byte> topic = default, DateTimeOffset now = default)
        => user.Profile.May(ServerRights.Rooms) ? null
            : !state.TryGet(user.UserId, out var member) ? Outside(user)
            : IsAtLeast(MemberRank.HalfOperator, member) ? null
            : state.Has(RoomMode.ProtectedTopic) || state.Has(RoomMode.Slow) ? Verdict.NotOperator
            : RefusesSpeech(user, follows: true, sinceLast: null, now, topic);

    /// <summary>The last words of a member who leaves, as others are told them: none of somebody who may not say them here, or in slow mode.</summary>
    /// <param name="user">The member.</param>
    /// <param name="reason">Its words behind <see cref="UserQuit.ByItself"/>, or its words, or what the server says in their place.</param>
    /// <param name="quits">Whether it leaves the server, not only the room.</param>
    /// <param name="now">The time of the decision.</param>
    public string LastWords(in Actor user, string reason, bool quits, DateTimeOffset now)
    {
        var isOwn = !quits || reason.StartsWith(UserQuit.ByItself, StringComparison.Ordinal);
        var words = quits && isOwn ? reason[UserQuit.ByItself.Length..] : reason;
        return isOwn && words.Length > 0 && RefusesSpeech(user, follows: true, sinceLast: TimeSpan.Zero, now, Encoding.UTF8.GetBytes(words)) is not null
            ? reason[..^words.Length]
            : reason;
    }

    /// <summary>Why the user may not set values on the room; null if it may.</summary>
    public Verdict? RefusesValues(in Actor user) => RefusesBelow(MemberRank.Operator, user);

    /// <summary>Why the user may not put another out; null if it may. Whoever may put nobody out is not told who is in.</summary>
    /// <param name="user">The user.</param>
    /// <param name="targetId">Who has to go; null for somebody who is not here at all.</param>
    public Verdict? RefusesKick(in Actor user, long? targetId)
    {
        if (RefusesBelow(MemberRank.HalfOperator, user) is { } refusal)
        {
            return refusal;
        }

        return targetId is null ? Verdict.NotHere
            : !state.TryGet(targetId.Value, out var target) ? Verdict.TargetNotInRoom
            : IsFoundersOf(target.Actor, user) ? Verdict.NotFounder
            : target.Rank >= MemberRank.HalfOperator ? RefusesBelow(MemberRank.Operator, user)
            : null;
    }

    /// <summary>True if a member is the founder of the room and the user is not: nobody but those who run the server turns against the founder.</summary>
    private bool IsFoundersOf(in Actor member, in Actor user)
        => state.Registration is { Founder.Id: var founder } && member.Profile.Login?.Id == founder && user.Profile.Login?.Id != founder && !user.Profile.May(ServerRights.Rooms);

    /// <summary>Why the user may not keep anybody out; null if it may.</summary>
    public Verdict? RefusesBans(in Actor user) => RefusesBelow(MemberRank.HalfOperator, user);

    /// <summary>Why the user may not give the room another name; null if it may. The name of a registered room is its founder's.</summary>
    public Verdict? RefusesRenaming(in Actor user)
        => RefusesBelow(MemberRank.Operator, user) ?? (state.Registration is null ? null : RefusesOwnership(user));

    /// <summary>Why the user may not ask another in; null if it may.</summary>
    /// <param name="user">The user.</param>
    /// <param name="invitedId">Whom it asks in.</param>
    /// <param name="now">The time of the decision.</param>
    public Verdict? RefusesInvitation(in Actor user, long invitedId, DateTimeOffset now)
        => !user.Profile.May(ServerRights.Rooms) && !state.TryGet(user.UserId, out _) ? Outside(user)
            : state.TryGet(invitedId, out _) ? Verdict.AlreadyInRoom
            : state.Has(RoomMode.InviteOnly) && !Admits(user) ? Verdict.NotOperator
            : IsSilenced(user, now) ? Verdict.MaySayNothing
            : null;

    /// <summary>Why the user may neither see nor take back the invitations of others; null if it may.</summary>
    public Verdict? RefusesWithdrawal(in Actor user) => RefusesBelow(MemberRank.HalfOperator, user);

    private bool IsSilenced(in Actor user, DateTimeOffset now)
    {
        var attempt = new ModeAttempt(user) { Now = now };
        return !Admits(user) && (state.Covers(RoomMode.Ban, attempt) || state.Covers(RoomMode.Ban, attempt, isMute: true));
    }

    /// <summary>
    /// The time from which on an operator has power over what was said: the one at which the room began, so that whoever comes first into a room that
    /// was left rules none of its past. Those who run the server have power over all of it.
    /// </summary>
    public static DateTimeOffset ReachesBackTo(RoomState state, in Actor user) => user.Profile.May(ServerRights.Rooms) ? DateTimeOffset.MinValue : state.Created;

    /// <summary>Why the user may not take back what others have said; null if it may.</summary>
    public Verdict? RefusesRedactions(in Actor user) => RefusesBelow(MemberRank.HalfOperator, user);

    /// <summary>True if the user may take back what others said at a time.</summary>
    public bool MayTakeAway(in Actor user, DateTimeOffset said) => RefusesRedactions(user) is null && said >= ReachesBackTo(state, user);

    /// <summary>True if those whom the user asks in may come whatever the modes are.</summary>
    public bool Admits(in Actor user) => RefusesBelow(MemberRank.HalfOperator, user) is null;

    /// <summary>Why the user may not set or take off a mode; null if it may. An operator of the server may also from outside.</summary>
    /// <param name="user">The user.</param>
    /// <param name="change">The change.</param>
    /// <param name="now">The time of the decision.</param>
    public Verdict? RefusesMode(in Actor user, RoomModeChange change, DateTimeOffset now = default)
    {
        if (RoomModes.Find(change.Mode) is not { } info)
        {
            return Verdict.NoSuchMode;
        }

        if (change.Mode == RoomMode.Registered)
        {
            return RefusesBelow(MemberRank.None, user) ?? Verdict.NotOperator;
        }

        var lowersItself = !change.IsAdding && info.Kind == RoomModeKind.Rank && IsName(change.Argument, user.Name);
        if (RefusesBelow(lowersItself ? MemberRank.None : info.ChangedBy, user) is { } refusal)
        {
            return refusal;
        }

        if (TryFind(info.Kind == RoomModeKind.Rank && !change.IsAdding ? change.Argument : change.IsAdding ? change.Name : null, out var other) && IsFoundersOf(other.Actor, user))
        {
            return Verdict.NotFounder;
        }

        // Whoever names a person bans that person, whose rank counts as with a kick.
        if (change is { IsAdding: true, Name: { } person } && TryFind(person, out var target) && target.Rank >= MemberRank.HalfOperator
            && RefusesBelow(MemberRank.Operator, user) is { } outranked)
        {
            return outranked;
        }

        return info.Kind switch
        {
            RoomModeKind.Rank when !TryFind(change.Argument, out _) => Verdict.TargetNotInRoom,
            RoomModeKind.Masks when string.IsNullOrEmpty(change.Argument) || (info.IsOfWords && change.IsAdding && !WordPattern.TryParse(change.Argument, out _)) => Verdict.BadArgument,
            RoomModeKind.Masks when change.IsAdding && state.Masks(change.Mode).Count(entry => !entry.IsOverAt(now)) >= MaxMasks && Listed(change, now) is null => Verdict.ListFull,
            RoomModeKind.Key when change.IsAdding && string.IsNullOrEmpty(change.Argument) => Verdict.BadArgument,
            RoomModeKind.Number when change.IsAdding && !info.TryReadNumber(change.Argument, out _) => Verdict.BadArgument,
            _ => null,
        };
    }

    /// <summary>The change as it is carried out, its argument spelled as the room has it; null if it would change nothing. It MUST be one that is not refused.</summary>
    public RoomModeChange? Effect(RoomModeChange change, DateTimeOffset now)
    {
        var info = RoomModes.Of(change.Mode);
        switch (info.Kind)
        {
            case RoomModeKind.Masks:
                var listed = Listed(change, now);
                return change.IsAdding
                    ? listed is null || change.IsDetailed ? change : null
                    : listed is not null ? change with { Argument = listed.Mask, Name = listed.Name.Length == 0 ? null : listed.Name } : null;
            case RoomModeKind.Rank:
                return TryFind(change.Argument, out var member) && change.IsAdding != member.Rank.HasFlag(info.Gives)
                    ? change with { Argument = member.Actor.Name.Value } : null;
            case RoomModeKind.Key when change.IsAdding:
                return string.Equals(state.Key, change.Argument, StringComparison.Ordinal) ? null : change;
            case RoomModeKind.Number when change.IsAdding:
                return info.TryReadNumber(change.Argument, out var number) && state.NumberOf(change.Mode) != number
                    ? change with { Argument = number.ToString(CultureInfo.InvariantCulture) } : null;
            default:
                return change.IsAdding != state.Has(change.Mode) ? change : null;
        }
    }

    /// <summary>Why one of some modes is against it; null if none that is set is.</summary>
    private Verdict? Refusal((RoomMode Mode, ModeRule Rule)[] rules, in ModeAttempt attempt)
    {
        foreach (var (mode, rule) in rules)
        {
            if (state.Has(mode) && rule(state, attempt) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static bool IsAtLeast(MemberRank rank, in RoomMember member) => member.Rank >= rank || member.Actor.Profile.May(ServerRights.Rooms);

    /// <summary>Why the user may not do what takes a rank; null if it may. An operator of the server may, from outside too.</summary>
    private Verdict? RefusesBelow(MemberRank rank, in Actor user)
        => user.Profile.May(ServerRights.Rooms) ? null
            : !state.TryGet(user.UserId, out var member) ? Outside(user)
            : !IsAtLeast(rank, member) ? Verdict.NotOperator
            : null;

    private Verdict Disguised(in Actor user, Verdict refusal, DateTimeOffset now = default)
        => SightOf(Viewer.Of(user, now)) == RoomSight.None ? Verdict.NoSuchRoom : refusal;

    private static bool IsName(string? text, UserName name) => UserName.TryParse(text, out var parsed) && parsed == name;

    private bool TryFind(string? name, out RoomMember member)
    {
        member = default;
        return UserName.TryParse(name, out var parsed) && state.TryFind(parsed, out member);
    }

    /// <summary>The entry of a change's mask; null if there is none that holds.</summary>
    private MaskEntry? Listed(RoomModeChange change, DateTimeOffset now)
        => state.Masks(change.Mode).FirstOrDefault(entry => !entry.IsOverAt(now) && string.Equals(entry.Mask, change.Argument, StringComparison.OrdinalIgnoreCase));
}
