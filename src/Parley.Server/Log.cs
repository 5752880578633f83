using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Parley.Server;

/// <summary>Everything the server logs, by number: 1xx listeners, 2xx connections, 3xx shutdown, 4xx history, 5xx administration.</summary>
internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Warning, "{Listener}: out of descriptors or memory ({Error}); trying again in {Delay}")]
    public static partial void AcceptBackedOff(ILogger logger, EndPoint listener, SocketError error, TimeSpan delay);

    [LoggerMessage(102, LogLevel.Debug, "{Listener}: a connection could not be accepted: {Error}")]
    public static partial void AcceptFailed(ILogger logger, EndPoint listener, string error);

    [LoggerMessage(103, LogLevel.Error, "Something failed on a socket loop, which goes on")]
    public static partial void HandlerFailed(ILogger logger, Exception exception);

    [LoggerMessage(104, LogLevel.Critical, "{Listener}: accepts no more connections")]
    public static partial void ListenerFailed(ILogger logger, EndPoint listener, Exception exception);

    [LoggerMessage(105, LogLevel.Information, "{File}: new handshakes use the certificate of {Subject}, which is valid until {ValidUntil:u}")]
    public static partial void CertificateLoaded(ILogger logger, string file, string subject, DateTime validUntil);

    [LoggerMessage(106, LogLevel.Error, "The certificate has changed and will not do, the one before stays in use: {Reason}")]
    public static partial void CertificateNotReloaded(ILogger logger, string reason);

    [LoggerMessage(107, LogLevel.Warning, "--{Listener} at {Address} is reached from other machines, in plain text that anybody on the way can read: see --{Setting}")]
    public static partial void PlainTextForOthers(ILogger logger, string listener, EndPoint address, string setting);

    [LoggerMessage(108, LogLevel.Warning, "{Address}: the connection could not be taken over: {Reason}")]
    public static partial void NotKept(ILogger logger, string? address, string reason);

    [LoggerMessage(201, LogLevel.Debug, "{Address} connected")]
    public static partial void Connected(ILogger logger, EndPoint? address);

    [LoggerMessage(202, LogLevel.Debug, "{Address} disconnected")]
    public static partial void Disconnected(ILogger logger, EndPoint? address);

    [LoggerMessage(203, LogLevel.Information, "{Address} refused: {Reason}")]
    public static partial void Refused(ILogger logger, EndPoint? address, string reason);

    [LoggerMessage(204, LogLevel.Error, "The session of {Address} failed and was ended")]
    public static partial void SessionFailed(ILogger logger, EndPoint? address, Exception exception);

    [LoggerMessage(205, LogLevel.Warning, "{Address} did not read what was pending within {Timeout}; it was cut off")]
    public static partial void DrainTimedOut(ILogger logger, EndPoint? address, TimeSpan timeout);

    [LoggerMessage(206, LogLevel.Information, "{Address} fell behind and was disconnected")]
    public static partial void Overflowed(ILogger logger, EndPoint? address);

    [LoggerMessage(207, LogLevel.Debug, "{Address}: no TLS handshake: {Reason}")]
    public static partial void HandshakeFailed(ILogger logger, EndPoint? address, string reason);

    [LoggerMessage(208, LogLevel.Warning, "{Proxy} is a proxy and was closed for want of a PROXY header: {Reason}")]
    public static partial void ProxyHeaderRefused(ILogger logger, EndPoint? proxy, string reason);

    [LoggerMessage(209, LogLevel.Debug, "{Proxy} is a proxy and left without a word")]
    public static partial void ProxyHeaderMissing(ILogger logger, EndPoint? proxy);

    [LoggerMessage(210, LogLevel.Debug, "{Address} has come to a port for another protocol with {Protocol}, and was told so")]
    public static partial void WrongProtocol(ILogger logger, EndPoint? address, string protocol);

    [LoggerMessage(221, LogLevel.Information, "{Address} may not connect over WebSocket from a page of {Origin}")]
    public static partial void OriginRefused(ILogger logger, IPAddress? address, string origin);

    [LoggerMessage(222, LogLevel.Information, "{Address} asks for {Host}, a name that this server does not have: see --http-hosts")]
    public static partial void HostRefused(ILogger logger, IPAddress? address, string host);

    [LoggerMessage(223, LogLevel.Warning, "A proxy on this machine forwards HTTP requests and is not in --http-proxy-from: from here on requests of this machine count as everybody's, with limits and without the status page")]
    public static partial void ProxyNotListed(ILogger logger);

    [LoggerMessage(231, LogLevel.Warning, "{Address} ({Nick}) gave a wrong password to become an operator")]
    public static partial void OperatorRefused(ILogger logger, IPAddress? address, string nick);

    [LoggerMessage(232, LogLevel.Information, "{Address} ({Nick}) has become operator {Name}")]
    public static partial void OperatorAccepted(ILogger logger, IPAddress? address, string nick, string name);

    [LoggerMessage(233, LogLevel.Information, "Operator {Nick} ended the connections of {Victim}: {Reason}")]
    public static partial void Killed(ILogger logger, string nick, string victim, string reason);

    [LoggerMessage(234, LogLevel.Information, "Operator {Nick} had the files read again")]
    public static partial void Rehashed(ILogger logger, string nick);

    [LoggerMessage(301, LogLevel.Information, "Stopping: {Sessions} sessions finish the line in hand")]
    public static partial void Stopping(ILogger logger, int sessions);

    [LoggerMessage(302, LogLevel.Information, "Everything that was accepted is in its recipients' outboxes")]
    public static partial void Drained(ILogger logger);

    [LoggerMessage(303, LogLevel.Information, "Draining: {Sessions} sessions are sent to other servers, and nobody is let in")]
    public static partial void Draining(ILogger logger, int sessions);

    [LoggerMessage(304, LogLevel.Information, "Drained: no session is left, and the server may be stopped")]
    public static partial void DrainDone(ILogger logger);

    [LoggerMessage(401, LogLevel.Error, "History is not kept: {Reason}")]
    public static partial void HistoryFailed(ILogger logger, string reason);

    [LoggerMessage(402, LogLevel.Information, "History is kept again")]
    public static partial void HistoryRecovered(ILogger logger);

    [LoggerMessage(403, LogLevel.Error, "{Messages} messages were delivered and are not in history")]
    public static partial void HistoryLost(ILogger logger, long messages);

    [LoggerMessage(405, LogLevel.Warning, "The clock is {Days:F1} days ahead of what history has lived through: nothing is removed for its age by the clock's word alone, it catches up at twice the speed of time")]
    public static partial void HistoryClockAhead(ILogger logger, double days);

    [LoggerMessage(407, LogLevel.Warning, "{Room}: the newest message is {Ahead} ahead of the clock, and what is said there has its time until the clock gets there. Is the clock wrong? `parley history check` says more")]
    public static partial void HistoryTimesAhead(ILogger logger, string room, TimeSpan ahead);

    [LoggerMessage(406, LogLevel.Error, "A message was not kept, as the store does not take it: {Reason}")]
    public static partial void HistoryRejected(ILogger logger, string reason);

    [LoggerMessage(404, LogLevel.Warning, "History is not tidied, which is tried again in a minute: {Reason}")]
    public static partial void HistoryNotTidied(ILogger logger, string reason);

    [LoggerMessage(411, LogLevel.Warning, "A file was not kept: {Reason}")]
    public static partial void FileNotKept(ILogger logger, string reason);

    [LoggerMessage(412, LogLevel.Error, "Files cannot be looked after: {Reason}")]
    public static partial void FilesFailed(ILogger logger, string reason);

    [LoggerMessage(501, LogLevel.Information, "Settings were read again; {Count} have changed")]
    public static partial void SettingsReloaded(ILogger logger, int count);

    [LoggerMessage(502, LogLevel.Information, "{Setting} was {From} and is {To}")]
    public static partial void SettingChanged(ILogger logger, string setting, string from, string to);

    [LoggerMessage(503, LogLevel.Warning, "{Setting} stays {From} until the next start: {To} cannot be applied to a running server")]
    public static partial void SettingWaits(ILogger logger, string setting, string from, string to);

    [LoggerMessage(504, LogLevel.Error, "Settings were read again and will not do, those before stay in use: {Error}")]
    public static partial void SettingsNotReloaded(ILogger logger, string error);

    [LoggerMessage(511, LogLevel.Warning, "{Path}: nobody can look after this server while it runs: {Error}")]
    public static partial void AdminNotListening(ILogger logger, string path, string error);

    [LoggerMessage(515, LogLevel.Warning, "{Path} could not be removed: {Error}")]
    public static partial void AdminNotRemoved(ILogger logger, string path, string error);

    [LoggerMessage(512, LogLevel.Information, "An administrator: {Command} {Subject}: {Outcome}")]
    public static partial void AdminDid(ILogger logger, string command, string subject, string outcome);

    [LoggerMessage(514, LogLevel.Warning, "A newer program has not taken this server's place: {Reason}")]
    public static partial void UpgradeFailed(ILogger logger, string reason);

    [LoggerMessage(513, LogLevel.Error, "What an administrator asked failed")]
    public static partial void AdminFailed(ILogger logger, Exception exception);
}
