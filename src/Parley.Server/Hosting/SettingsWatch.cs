using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;
using Parley.Server.Admin;
using Parley.Server.Options;

namespace Parley.Server.Hosting;

/// <summary>Has a server in an application take over settings when the application's configuration has changed.</summary>
internal sealed class SettingsWatch(IConfiguration configuration, SettingsReloader reloader) : IHostedService, IDisposable
{
    private IDisposable? _changes;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _changes?.Dispose();

    private void Reload()
    {
        try
        {
            reloader.Reload();
        }
        catch (SettingsException)
        {
            // The log says what will not do, and the server goes on as it was.
        }
    }
}
