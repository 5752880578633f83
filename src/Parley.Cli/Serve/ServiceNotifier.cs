using Microsoft.Extensions.Hosting.Systemd;

namespace Parley.Cli.Serve;

/// <summary>Tells systemd how the service is: which stays up while one program takes the place of another.</summary>
/// <param name="notifier">Tells it.</param>
/// <param name="isUp">Whether the service is up already.</param>
/// <param name="goesOn">Whether it goes on when this server stops.</param>
internal sealed class ServiceNotifier(ISystemdNotifier notifier, bool isUp, Func<bool> goesOn) : ISystemdNotifier
{
    public bool IsEnabled => notifier.IsEnabled;

    public void Notify(ServiceState state)
    {
        if (!(isUp && Is(state, ServiceState.Ready)) && !(goesOn() && Is(state, ServiceState.Stopping)))
        {
            notifier.Notify(state);
        }
    }

    private static bool Is(ServiceState state, ServiceState other) => string.Equals(state.ToString(), other.ToString(), StringComparison.Ordinal);
}
