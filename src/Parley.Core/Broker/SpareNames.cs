using System.Globalization;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>Names for those who cannot have the one that they would wear.</summary>
internal static class SpareNames
{
    /// <summary>The next name, and its number: longer than people would type, so that no account looks like it.</summary>
    public static UserName Next(ref long number)
    {
        number = (number + 1) % 1_000_000_000;
        return new UserName(string.Create(CultureInfo.InvariantCulture, $"Guest{number:000000000}"));
    }
}
