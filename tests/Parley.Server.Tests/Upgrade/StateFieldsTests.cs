using System.Reflection;
using Parley.Server.Addressed;
using Parley.Server.Connections;
using Parley.Server.Irc.Dispatch;
using Parley.Server.Irc.Sessions;
using Parley.Server.Lines;

namespace Parley.Server.Tests.Upgrade;

/// <summary>A field of a session is one of the state too, or is made anew, or keeps a connection from being handed over: whoever adds one says which, or it is lost by an upgrade.</summary>
public sealed class StateFieldsTests
{
    [Fact]
    public void Of_a_session_on_IRC_everything_that_lasts_longer_than_a_command_goes_along()
    {
        Assert.Equal(
            Sorted(
                kept: "_lastBatchId Capabilities Registration Monitored WrongOperatorPasswords OperatorByAccount WantsWallops Metadata Idle Peer",
                anew: "Context Session Events _replies _withdrawn _quitReason Arriving ArrivingMarker LateReplay",
                refused: "Multiline Login"),
            Fields<IrcSession>());
        Assert.Equal(Sorted(kept: "CapVersion Ident RealName Name Login", anew: "Away IsNegotiating Password RefusedNames", ""), Fields<IrcRegistration>());
        Assert.Equal(Sorted(kept: "_lastHeard _isAsked", anew: "time", ""), Fields<IrcIdle>());
        Assert.Equal(Sorted(kept: "_subscriptions", anew: "maxValues _early", ""), Fields<SessionMetadata>());
        Assert.Equal(Sorted(kept: "_gateway", anew: "connection gate listener framing", ""), Fields<IrcPeer>());
        Assert.Equal(
            "Capabilities CapVersion FilesUrl Gateway Ident IsAsked IsBehindTls LastBatchId Monitored OperatorByAccount RealName SilentFor Subscriptions WantsWallops WrongOperatorPasswords".Split(' '),
            typeof(HandedIrc).GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => property.Name).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Of_a_session_on_the_other_protocols_too()
    {
        Assert.Equal(Sorted(kept: "_hasTimes HasTags", anew: "context peer Session _hasQuit _place NextSearch", refused: "_login _account"), Fields<LinesSession>());
        Assert.Equal(Sorted(kept: "", anew: "context peer Session", refused: "_login _account"), Fields<AddressedSession>());
    }

    [Fact]
    public void Of_a_connection_too()
        => Assert.Equal(
            Sorted(
                kept: "connection session framer rate _outbox",
                anew: "address broker shutdown options time logger _input _transport _ratedAddress _byteRate _stopsSince _toldOfDelay _hasSpoken _mayBeRequest Before Over",
                refused: "_inputEnded _isInterrupted _isCut _isHandedOver _mayReturn"),
            Fields<LineConnection>());

    private static IEnumerable<string> Sorted(string kept, string anew, string refused)
        => $"{kept} {anew} {refused}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Fields<T>()
        => typeof(T).GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(field => field.FieldType.Name != "Lock")
            .Select(field => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
}
