namespace Parley.Server.Options;

/// <summary>
/// Makes a property of <see cref="ParleyOptions"/> a setting: a <c>--name</c> on the command line, a <c>PARLEY_NAME</c>
/// in the environment, a <c>"name"</c> in parley.json. The property is the one definition of all three.
/// </summary>
/// <param name="description">What it does, in a phrase for <c>--help</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string description) : Attribute
{
    /// <summary>Description of the setting, in a phrase for <c>--help</c>.</summary>
    public string Description { get; } = description;

    /// <summary>Placeholder for the value in <c>--help</c>; made from the type unless set.</summary>
    public string? Placeholder { get; init; }

    /// <summary>True if it may change while the server runs. MUST be set only where the property is read each time that it is needed.</summary>
    public bool IsLive { get; init; }

    /// <summary>True if text has to be one word, such as the name of a host.</summary>
    public bool IsWord { get; init; }

    /// <summary>The least whole number that is allowed; of a time, in milliseconds.</summary>
    public int Min { get; init; }

    /// <summary>The greatest whole number that is allowed.</summary>
    public int Max { get; init; } = int.MaxValue;
}
