using Microsoft.Extensions.Logging;
using Parley.Core.History;
using Parley.Server.Connections;
using Parley.Server.Irc.Files;
using Parley.Server.Irc.Sessions;
using Parley.Server.Options;
using Parley.Server.Transport;
using Parley.Server.Transport.Tls;

namespace Parley.Server.Admin;

/// <summary>Has a running server take over settings that have changed, and read again the files that settings name.</summary>
/// <remarks>MUST: settings of which one will not do change nothing; the server goes on with those it has.</remarks>
internal sealed class SettingsReloader(
    ParleyOptions running,
    SettingsSource source,
    IrcContext irc,
    ConnectionLayers layers,
    ILogger<SettingsReloader> logger,
    Recording? recording = null,
    ShutdownLimit? shutdown = null)
{
    private readonly Lock _gate = new();

    /// <summary>Returns the limits of the history that is kept: its age and its number of messages.</summary>
    public static Retention RetentionOf(ParleyOptions options) => new(TimeSpan.FromDays(options.HistoryDays), options.HistoryMessages);

    /// <summary>Returns the changes that a reload would make, and those that wait for the next start. Blocks.</summary>
    /// <exception cref="SettingsException">A setting will not do.</exception>
    public IReadOnlyList<SettingsChange> Compare() => SettingsChange.Between(running, Read());

    /// <summary>Takes over what may change. Blocks.</summary>
    /// <returns>All that differs: what is <see cref="SettingsChange.IsLive"/> holds from now on.</returns>
    /// <exception cref="SettingsException">A setting or a file will not do, and nothing has changed.</exception>
    public IReadOnlyList<SettingsChange> Reload()
    {
        lock (_gate)
        {
            try
            {
                return Apply(Read());
            }
            catch (SettingsException e)
            {
                foreach (var error in e.Errors)
                {
                    Log.SettingsNotReloaded(logger, error);
                }

                throw;
            }
        }
    }

    /// <summary>Another certificate than the one in use has to do already now: the next start would fail.</summary>
    private ParleyOptions Read()
    {
        var given = source.Read();
        var isOther = given.TlsCertificate != running.TlsCertificate || given.TlsKey != running.TlsKey;
        return isOther && CertificateFiles.Fault(given) is { } fault ? throw new SettingsException([fault]) : given;
    }

    private IReadOnlyList<SettingsChange> Apply(ParleyOptions given)
    {
        var changes = SettingsChange.Between(running, given);
        var files = IrcFiles.Read(given);

        // Nothing fails from here on.
        foreach (var setting in Setting.All.Where(setting => setting.IsLive))
        {
            setting.Copy(given, running);
        }

        irc.Files = files;
        if (recording is not null)
        {
            (recording.Options.Retention, recording.Options.RedactionWindow) = (RetentionOf(running), running.RedactTime);
        }

        // Whoever has opened the store may have bounded it otherwise, which holds until the setting changes.
        if (recording?.Store is IBoundedHistory bounded && changes.Any(change => change.Name == "history-megabytes"))
        {
            bounded.MaxBytes = running.MaxHistoryBytes;
        }

        shutdown?.Apply();
        layers.Certificate?.Reload();
        foreach (var change in changes)
        {
            if (change.IsLive)
            {
                Log.SettingChanged(logger, change.Name, change.From, change.To);
            }
            else
            {
                Log.SettingWaits(logger, change.Name, change.From, change.To);
            }
        }

        Log.SettingsReloaded(logger, changes.Count(change => change.IsLive));
        return changes;
    }
}
