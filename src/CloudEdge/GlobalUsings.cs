global using YamlDotNet.RepresentationModel;
