{{- /* An image by digest where one is given, else by tag, which is the chart's version unless given. */}}
{{- define "sstp-operator.image" -}}
{{- if .image.digest -}}
{{ .image.repository }}@{{ .image.digest }}
{{- else -}}
{{ .image.repository }}:{{ .image.tag | default .version }}
{{- end -}}
{{- end }}
